import type { Hono } from "hono";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { rels } from "../api";
import { halOrder, operation, parameter, pascal, validation } from "./answers";
import { createOrder, replaceOrder } from "./create-order";
import { findOrders } from "./find-orders";
import { isHal, pageOf } from "./paging";
import type { StoredOrder, WarehouseStore } from "./store";

export function orderRoutes(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	app.get("/orders", (context) => {
		const page = pageOf(context, 1000, 100);
		if (typeof page === "string") return context.json(parameter(page), 400);
		let found: StoredOrder[];
		try {
			found = findOrders(store, context.req.query("rql") ?? "", context.req.query("sort") ?? "");
		} catch {
			return context.json(parameter("rql"), 400);
		}
		const slice = found.slice((page.number - 1) * page.size, page.number * page.size);
		const records = slice.map((order) => halOrder(order, context.req.query("detail") ?? ""));
		const links = { self: { href: `/orders?pgsiz=${page.size}&pgnum=${page.number}` } };
		return isHal(context)
			? context.json({ totalResults: found.length, _embedded: { [rels.order]: records }, _links: links })
			: context.json({ TotalResults: found.length, ResourceList: records.map(pascal) });
	});
	app.post("/orders", async (context) => {
		const body: unknown = await context.req.json().catch(() => null);
		const created = createOrder(store, body);
		if ("refused" in created) return context.json(created.refused, 400);
		const shown = halOrder(created.order, "All");
		return context.json((isHal(context) ? shown : pascal(shown)) as object, 201, {
			ETag: `"${created.order.version}"`,
		});
	});
	app.get("/orders/:id", (context) => {
		const order = store.get(Number(context.req.param("id")));
		if (!order) return context.json({ Message: "not found" }, 404);
		const shown = halOrder(order, "All");
		return context.json((isHal(context) ? shown : pascal(shown)) as object, 200, { ETag: `"${order.version}"` });
	});
	app.put("/orders/:id", async (context) => {
		const order = store.get(Number(context.req.param("id")));
		if (!order) return context.json({ Message: "not found" }, 404);
		const version = context.req.header("if-match");
		if (!version) return context.json({ Message: "If-Match is required" }, 428);
		if (version !== `"${order.version}"`) return context.json({ Message: "the order changed" }, 412);
		if (order.readOnly.status === 1) return context.json(operation("OrderConfirmed", "put"), 403);
		if (order.readOnly.status === 2) return context.json(operation("OrderCanceled", "put"), 403);
		if (order.readOnly.packDoneDate) return context.json(operation("InUse", "put"), 403);
		const refused = replaceOrder(store, order, await context.req.json().catch(() => null));
		if (refused) return context.json(refused.refused, 400);
		const shown = halOrder(order, "All");
		return context.json((isHal(context) ? shown : pascal(shown)) as object, 200, { ETag: `"${order.version}"` });
	});
	operators(app, store);
}

/** Operators change an order's state: each needs the version that was read. */
function operators(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	for (const action of ["canceler", "confirmer"] as const) {
		app.post(`/orders/:id/${action}`, async (context) => {
			const order = store.get(Number(context.req.param("id")));
			if (!order) return context.json({ Message: "not found" }, 404);
			const version = context.req.header("if-match");
			if (!version) return context.json({ Message: "If-Match is required" }, 428);
			if (version !== `"${order.version}"`) return context.json({ Message: "the order changed" }, 412);
			if (order.readOnly.status === 1) return context.json(operation("OrderConfirmed", action), 403);
			if (order.readOnly.status === 2) return context.json(operation("OrderCanceled", action), 403);
			const body = (await context.req.json().catch(() => ({}))) as { reason?: string; trackingNumber?: string };
			if (action === "canceler") {
				if (!body.reason) return context.json(validation("Required", "Reason"), 400);
				store.cancel(order);
			} else {
				const contents = order.items.map((item, line) => ({ line, qty: item.qty }));
				store.ship(order.readOnly.orderId, [{ trackingNumber: body.trackingNumber ?? "", contents }]);
			}
			return context.body(null, 204);
		});
	}
}
