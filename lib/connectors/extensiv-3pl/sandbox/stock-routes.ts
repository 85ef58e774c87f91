import type { Hono } from "hono";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { rels } from "../api";
import { parameter, pascal } from "./answers";
import { isHal, pageOf } from "./paging";
import { parseRql } from "./rql-filter";
import type { Customer, StockRow, WarehouseStore } from "./store";

export function stockRoutes(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	app.get("/inventory/stocksummaries", (context) => {
		const page = pageOf(context, 500, 100);
		if (typeof page === "string") return context.json(parameter(page), 400);
		let rows: unknown[];
		try {
			rows = summaries(store, context.req.query("rql") ?? "");
		} catch {
			return context.json(parameter("rql"), 400);
		}
		const slice = rows.slice((page.number - 1) * page.size, page.number * page.size);
		const answer = { totalResults: rows.length, summaries: slice };
		return context.json((isHal(context) ? answer : pascal(answer)) as object);
	});
	app.get("/customers/:id", (context) => {
		const customer = store.customers.get(Number(context.req.param("id")));
		if (!customer) return context.json({ Message: "not found" }, 404);
		const answer = { readOnly: { customerId: customer.id }, companyInfo: { companyName: customer.name } };
		return context.json((isHal(context) ? answer : pascal(answer)) as object);
	});
	propertyRoutes(app, store);
}

/** All customers' rows unless items are named; the row itself does not say whose it is. */
function summaries(store: WarehouseStore, rql: string): unknown[] {
	const { test, terms } = rql === "" ? { test: () => true, terms: [] } : parseRql(rql);
	const ids = terms.find((term) => term.path === "itemidentifier.id" && ["=in=", "=="].includes(term.operator));
	const owned: [Customer, StockRow][] = ids
		? ids.values.flatMap((id) => rowsOfItem(store, Number(id)))
		: [...store.customers.values()].flatMap((customer) =>
				[...customer.stock.values()].map((row): [Customer, StockRow] => [customer, row]),
			);
	return owned.flatMap(([customer, { sku, malformed, ...row }]) => {
		const itemIdentifier = { sku, id: customer.items.get(sku)?.itemId };
		const shown = { itemIdentifier, qualifier: "", totalReceived: row.onHand, ...row };
		return test(shown) ? [malformed ?? shown] : [];
	});
}

function rowsOfItem(store: WarehouseStore, itemId: number): [Customer, StockRow][] {
	const found = store.itemOf(itemId);
	if (!found) return [];
	return store.facilities.flatMap(({ id }) => {
		const row = found.customer.stock.get(`${id}/${found.item.sku}`);
		return row ? [[found.customer, row] as [Customer, StockRow]] : [];
	});
}

function propertyRoutes(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	app.get("/properties/facilities", (context) => {
		const facilities = store.facilities.map(({ id, name }) => ({
			facilityId: id,
			name,
			code: name.toUpperCase(),
			timeZoneName: "UTC",
			deactivated: false,
		}));
		return isHal(context)
			? context.json({ totalResults: facilities.length, _embedded: { [rels.facility]: facilities } })
			: context.json({ TotalResults: facilities.length, ResourceList: facilities.map(pascal) });
	});
	const services = (...names: string[]) => names.map((description) => ({ description }));
	const carriers = [
		{ name: "UPS", scacCode: "UPSN", shipmentServices: services("Ground", "2nd Day Air") },
		{ name: "FedEx", scacCode: "FDEG", shipmentServices: services("Ground", "Priority Overnight") },
		{ name: "USPS", scacCode: "USPS", shipmentServices: services("Priority Mail", "Ground Advantage") },
	];
	app.get("/properties/carriers", (context) =>
		isHal(context)
			? context.json({ totalResults: carriers.length, _embedded: { [rels.carrier]: carriers } })
			: context.json({ TotalResults: carriers.length, ResourceList: carriers.map(pascal) }),
	);
}
