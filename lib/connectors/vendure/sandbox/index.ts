/**
 * A Vendure Admin API on loopback. It knows exactly the documents the connector sends, checks their variables as
 * strictly as the real schema, and answers refusals the way the real server does: HTTP 200 with `errors` for a
 * missing right, union members for business rules, 400 only for what is no valid request.
 */
import { z } from "zod";
import { type RunningSandbox, startSandboxServer } from "../../kit/sandbox-server";
import { documents } from "../documents";
import { GraphqlError, operations } from "./operations";
import { ShopStore } from "./store";

export interface VendureSandbox extends RunningSandbox {
	store: ShopStore;
	/** Settings that work, for tests. */
	settings: Record<string, unknown>;
	/** Rights of the API key's role; taking one away makes the calls that need it fail. */
	rights: Set<string>;
}

const apiKey = "sandbox-api-key-0123456789";
const request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

const neededRight = new Map<string, string>([
	[documents.orders, "ReadOrder"],
	[documents.order, "ReadOrder"],
	[documents.fulfillments, "ReadOrder"],
	[documents.fulfill, "UpdateOrder"],
	[documents.transition, "UpdateOrder"],
	[documents.variants, "ReadCatalog"],
	[documents.setStock, "UpdateCatalog"],
	[documents.locations, "ReadStockLocation"],
]);

export async function startVendureSandbox(
	options: { port?: number; seed?: number; now?: () => Date; wholeSeconds?: boolean } = {},
): Promise<VendureSandbox> {
	const store = new ShopStore(options.now ?? (() => new Date()), options.wholeSeconds ?? false);
	const rights = new Set(neededRight.values());
	const server = await startSandboxServer((app) => {
		app.post("/admin-api", async (context) => {
			const body = request.safeParse(await context.req.json().catch(() => null));
			if (!body.success)
				return context.json(
					{ errors: [{ message: "POST body is missing or malformed", extensions: { code: "BAD_REQUEST" } }] },
					400,
				);
			const { query, variables } = body.data;
			const known = context.req.header("vendure-api-key") === apiKey;
			if (query === documents.me) {
				return context.json({
					data: {
						me: known
							? { identifier: "crossdock", channels: [{ code: "__default_channel__", permissions: [...rights] }] }
							: null,
					},
				});
			}
			const operation = operations.get(query);
			if (!operation)
				return context.json(
					{ errors: [{ message: "Cannot query field", extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] },
					400,
				);
			if (!known || !rights.has(neededRight.get(query) ?? "")) {
				return context.json({
					errors: [
						{ message: "You are not currently authorized to perform this action", extensions: { code: "FORBIDDEN" } },
					],
					data: null,
				});
			}
			try {
				return context.json({ data: operation(store, variables) as object });
			} catch (error) {
				if (error instanceof z.ZodError) {
					return context.json(
						{
							errors: [
								{
									message: `Variable got invalid value: ${error.issues[0]?.message}`,
									extensions: { code: "BAD_USER_INPUT" },
								},
							],
						},
						400,
					);
				}
				if (error instanceof GraphqlError)
					return context.json({
						errors: [{ message: error.message, extensions: { code: "USER_INPUT_ERROR" } }],
						data: null,
					});
				throw error;
			}
		});
	}, options);
	return { ...server, store, rights, settings: { apiUrl: `${server.url}/admin-api`, apiKey } };
}
