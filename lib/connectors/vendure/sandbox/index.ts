/**
 * A Vendure Admin API on loopback. It knows exactly the documents the connector sends, checks their variables as
 * strictly as the real schema, and answers refusals the way the real server does: HTTP 200 with `errors` for a
 * missing right or unfit variables, union members for business rules, 400 only for what is no valid document.
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
/** Names the one channel there is; a token is not needed, but another is refused. */
const channelToken = "sandbox-channel-token";
const request = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).default({}) });

/** Fields of the shop, and the rights of which each needs one. */
const neededRights: Record<string, string[]> = {
	activeChannel: ["Authenticated"],
	order: ["ReadOrder"],
	orders: ["ReadOrder"],
	productVariants: ["ReadCatalog", "ReadProduct"],
	stockLocations: ["ReadCatalog", "ReadStockLocation"],
	addFulfillmentToOrder: ["UpdateOrder"],
	transitionFulfillmentToState: ["UpdateOrder"],
	cancelOrder: ["UpdateOrder"],
	updateProductVariants: ["UpdateCatalog", "UpdateProduct"],
};
/** The fields that each document asks for, in their order. */
const fieldsOf = new Map<string, string[]>([
	[documents.orders, ["orders"]],
	[documents.order, ["order"]],
	[documents.fulfillments, ["order"]],
	[documents.fulfill, ["addFulfillmentToOrder"]],
	[documents.transition, ["transitionFulfillmentToState"]],
	[documents.orderState, ["order"]],
	[documents.cancelOrder, ["cancelOrder"]],
	[documents.variants, ["productVariants"]],
	[documents.setStock, ["updateProductVariants"]],
	[documents.locations, ["stockLocations"]],
	[documents.channel, ["activeChannel"]],
	[documents.mayRead, ["orders", "productVariants", "stockLocations"]],
	[documents.mayWrite, ["addFulfillmentToOrder", "updateProductVariants"]],
]);

export async function startVendureSandbox(
	options: { port?: number; seed?: number; now?: () => Date; wholeSeconds?: boolean } = {},
): Promise<VendureSandbox> {
	const store = new ShopStore(options.now ?? (() => new Date()), options.wholeSeconds ?? false);
	const rights = new Set(["Authenticated", "ReadOrder", "UpdateOrder", "ReadCatalog", "UpdateCatalog"]);
	const server = await startSandboxServer((app) => {
		app.post("/admin-api", async (context) => {
			const body = request.safeParse(await context.req.json().catch(() => null));
			if (!body.success)
				return context.json(
					{ errors: [{ message: "POST body is missing or malformed", extensions: { code: "BAD_REQUEST" } }] },
					400,
				);
			const { query, variables } = body.data;
			const operation = operations.get(query);
			const fields = fieldsOf.get(query);
			if (!operation || !fields)
				return context.json(
					{ errors: [{ message: "Cannot query field", extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] },
					400,
				);
			const token = context.req.header("vendure-token") ?? "";
			if (token !== "" && token !== channelToken) return context.json({ errors: [noChannel(token)], data: null });
			const known = context.req.header("vendure-api-key") === apiKey;
			const refused = fields.find((field) => !known || !neededRights[field]?.some((right) => rights.has(right)));
			if (refused) return context.json({ errors: [{ ...forbidden, path: [refused] }], data: null });
			try {
				return context.json({ data: operation(store, variables) as object });
			} catch (error) {
				if (error instanceof z.ZodError) return context.json({ errors: [invalid(error)] });
				if (error instanceof GraphqlError)
					return context.json({
						errors: [{ message: error.message, path: fields, ...(error.code && { extensions: { code: error.code } }) }],
						data: null,
					});
				throw error;
			}
		});
	}, options);
	return { ...server, store, rights, settings: { apiUrl: `${server.url}/admin-api`, apiKey } };
}

const forbidden = {
	message: "You are not currently authorized to perform this action",
	extensions: { code: "FORBIDDEN" },
};

const noChannel = (token: string) => ({
	message: `No Channel with the token "${token}" could be found`,
	extensions: { code: "CHANNEL_NOT_FOUND" },
});

/** Variables that do not fit come back with status 200, unlike a document that does not. */
function invalid(error: z.ZodError): object {
	const message = `Variable got invalid value: ${error.issues[0]?.message}`;
	return { message, extensions: { code: "BAD_USER_INPUT" } };
}
