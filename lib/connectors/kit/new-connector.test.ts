import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newConnector } from "./new-connector";

let connectors: string;
const here = path.resolve(import.meta.dirname, "..");
beforeAll(async () => {
	connectors = await mkdtemp(path.join(tmpdir(), "connectors-"));
	await cp(path.join(here, "template"), path.join(connectors, "template"), { recursive: true });
	await cp(path.join(here, "index.ts"), path.join(connectors, "index.ts"));
});
afterAll(() => rm(connectors, { recursive: true }));

describe("a new connector", () => {
	it("is the template under its own name, and one line in the registry", async () => {
		const folder = await newConnector({ key: "acme-wms", name: "Acme WMS", connectors });
		const files = await readdir(folder);
		expect(files).toContain("acme-wms.test.ts");
		for (const file of files) {
			const text = await readFile(path.join(folder, file), "utf8");
			expect(text, file).not.toMatch(/template|Example Cart|connector:new/i);
		}
		const index = await readFile(path.join(folder, "index.ts"), "utf8");
		expect(index).toContain('key: "acme-wms"');
		expect(index).toContain('name: "Acme WMS"');
		expect(index).toContain("export const acmeWms = defineConnector");
		const registry = await readFile(path.join(connectors, "index.ts"), "utf8");
		expect(registry.match(/import \{ acmeWms \} from "\.\/acme-wms";/g)).toHaveLength(1);
		expect(registry).toMatch(/erased\(extensiv3pl\)[\s\S]*erased\(acmeWms\)[\s\S]*\]/);
	});

	it("can be made again under another name, named after its key", async () => {
		const folder = await newConnector({ key: "beta-2", connectors });
		expect(await readFile(path.join(folder, "README.md"), "utf8")).toMatch(/^# Beta 2\n/);
		expect(await readFile(path.join(connectors, "index.ts"), "utf8")).toMatch(
			/erased\(acmeWms\)[\s\S]*erased\(beta2\)/,
		);
	});

	it.each([
		["Acme", "is no key"],
		["../evil", "is no key"],
		["template", "exists already"],
	])("is refused for %s", async (key, problem) => {
		await expect(newConnector({ key, connectors })).rejects.toThrow(problem);
	});
});
