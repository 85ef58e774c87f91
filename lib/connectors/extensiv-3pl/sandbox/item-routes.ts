/** The customers' items: listed, narrowed by RQL, and added. */
import type { Hono } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { rels } from "../api";
import { parameter, pascal, validation } from "./answers";
import { isHal, pageOf } from "./paging";
import { parseRql } from "./rql-filter";
import type { Customer, Item, WarehouseStore } from "./store";

const size = z.number().nonnegative().nullish();
const physical = z.object({ weight: size, length: size, width: size, height: size }).nullish();
/** What POST insists on; that the unit of stock is required is inferred. Unknown fields are let through. */
const newItem = z.object({
	sku: z.string().trim().min(1),
	description: z.string().nullish(),
	upc: z.string().nullish(),
	options: z.object({
		inventoryUnit: z.object({ unitIdentifier: z.object({ name: z.string().min(1) }) }),
		packageUnit: z.object({ imperial: physical, metric: physical }).nullish(),
	}),
});

export function itemRoutes(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	app.get("/customers/:id/items", (context) => {
		const page = pageOf(context, 100, 10);
		if (typeof page === "string") return context.json(parameter(page), 400);
		const customer = store.customers.get(Number(context.req.param("id")));
		if (!customer) return context.json({ Message: "not found" }, 404);
		let found: Item[];
		try {
			found = narrowed([...customer.items.values()], context.req.query("rql") ?? "");
		} catch {
			return context.json(parameter("rql"), 400);
		}
		const start = (page.number - 1) * page.size;
		const slice = found.slice(start, start + page.size).map((item) => item.malformed ?? showItem(item));
		return isHal(context)
			? context.json({ totalResults: found.length, _embedded: { [rels.customerItem]: slice } })
			: context.json({ TotalResults: found.length, ResourceList: slice.map(pascal) });
	});
	app.post("/customers/:id/items", async (context) => {
		const customer = store.customers.get(Number(context.req.param("id")));
		if (!customer) return context.json({ Message: "not found" }, 404);
		const refused = add(store, customer, await context.req.json().catch(() => null));
		if ("item" in refused) return context.json(showItem(refused.item), 201);
		return context.json({ ...refused.problem, ModelType: "Item" }, 400);
	});
}

function add(store: WarehouseStore, customer: Customer, raw: unknown): { item: Item } | { problem: object } {
	const given = newItem.safeParse(raw);
	if (!given.success) {
		const issue = given.error.issues[0];
		const name = String(issue?.path.at(-1) ?? "Item");
		const spelled = name.charAt(0).toUpperCase() + name.slice(1);
		return {
			problem: validation(issue?.code === "too_small" && name !== "sku" ? "ValueNotSupported" : "Required", spelled),
		};
	}
	const { sku } = given.data;
	if (customer.items.has(sku)) return { problem: validation("Duplicate", "Sku", sku) };
	const item = store.addItem(sku, customer.id);
	const { sku: _, readOnly: __, ...more } = raw as Record<string, unknown>;
	item.more = more;
	return { item };
}

function narrowed(items: Item[], rql: string): Item[] {
	if (rql === "") return items;
	const { test } = parseRql(rql);
	return items.filter((item) => test(showItem(item)));
}

export function showItem({ itemId, sku, lastModifiedDate, deactivated = false, more }: Item) {
	return { sku, description: `Item ${sku}`, ...more, readOnly: { itemId, lastModifiedDate, deactivated } };
}
