import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { allEndpoints } from "@/lib/testing/endpoints";
import { handleApi } from "./serve/handle";

testDatabase();

interface Document {
	openapi: string;
	info: { title: string; version: string };
	paths: Record<string, Record<string, Operation>>;
}
interface Operation {
	summary?: string;
	tags?: string[];
	operationId?: string;
	parameters?: { name: string; in: string; required?: boolean; schema: object }[];
	requestBody?: { content: Record<string, { schema: object }> };
	responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}

describe("the OpenAPI document", () => {
	const read = async (): Promise<Document> =>
		(await handleApi(new Request("http://127.0.0.1:3000/api/v1/openapi.json"))).json();

	it("is OpenAPI 3.1 with an operation for every endpoint, each described and named once", async () => {
		const document = await read();
		expect(document.openapi).toMatch(/^3\.1\.\d+$/);
		expect(document.info).toMatchObject({ title: "Crossdock", version: "1" });
		const listed = Object.entries(document.paths).flatMap(([path, operations]) =>
			Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
		);
		expect(listed.sort()).toEqual(allEndpoints.map(({ method, path }) => `${method} ${path}`).sort());
		const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
		for (const operation of operations) {
			expect(operation.summary, operation.operationId).toMatch(/\w/);
			expect(operation.tags, operation.operationId).toHaveLength(1);
		}
		expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(allEndpoints.length);
	});

	it("declares every part of a path, and says what each operation takes and answers", async () => {
		const { paths } = await read();
		for (const [path, operations] of Object.entries(paths)) {
			const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
			for (const [method, { parameters = [], responses, requestBody }] of Object.entries(operations)) {
				const at = `${method} ${path}`;
				const inPath = parameters.filter((parameter) => parameter.in === "path");
				expect(inPath.map(({ name }) => name).sort(), at).toEqual([...parts].sort());
				expect(
					inPath.every(({ required }) => required),
					at,
				).toBe(true);
				expect(
					parameters.every(({ schema }) => typeof schema === "object"),
					at,
				).toBe(true);
				if (method === "get") expect(requestBody, at).toBeUndefined();
				const [status = "", answer] = Object.entries(responses)[0] ?? [];
				expect(status, at).toMatch(/^20[01]$/);
				expect(answer?.description, at).toBeTypeOf("string");
				expect(Object.values(answer?.content ?? {})[0]?.schema, at).toBeTypeOf("object");
			}
		}
	});

	it("points to nothing that it does not hold", async () => {
		const document = await read();
		const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? "");
		for (const path of references) {
			const found = path.split("/").reduce<unknown>((node, key) => Reflect.get(Object(node), key), document);
			expect(found, path).toBeDefined();
		}
	});
});
