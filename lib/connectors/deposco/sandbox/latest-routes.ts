/**
 * Version 2 on loopback, with the traps seen on a live tenant: nested collections end at ten rows without a word,
 * unknown filters are ignored, a number may have several copies, and labels that were never used look like shipments.
 */
import type { Context, Hono } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { type DeposcoStore, iso, type StoredLine, type StoredOrder, type StoredShipment } from "./store";

type Ctx = Context<SandboxEnv>;
const ref = (id: number) => ({ id });
const nestedMost = 10;
const nested = <T>(rows: T[]) => ({ data: rows.slice(0, nestedMost), complete: true });

const itemKey = z.strictObject({ number: z.string().min(1), "businessUnit.code": z.string() });
const packKey = z.strictObject({
	"item.number": z.string(),
	quantity: z.int().positive(),
	"item.businessUnit.code": z.string(),
});
const line = z.strictObject({
	lineNumber: z.string().min(1),
	customerLineNumber: z.string().optional(),
	item: z.strictObject({ businessKey: itemKey }),
	pack: z.strictObject({ businessKey: packKey }),
	orderPackQuantity: z.int().positive(),
	unitPrice: z.number().optional(),
});
const text = z.string().optional();
const header = {
	businessUnit: z.string().min(1),
	number: z.string().min(1),
	orderStatus: z.enum(["New", "Hold"]),
	orderSource: text,
	placedDate: z.iso.datetime(),
};
const salesOrder = z.strictObject({
	...header,
	orderPriority: z.int().min(0).max(5),
	customerOrderNumber: text,
	...{ otherReferenceNumber: text, otherReferenceNumber2: text, relatedOrderNumber: text },
	...{ customAttribute1: text, customAttribute2: text, customAttribute3: text, customAttribute4: text },
	...{ customAttribute5: text, customAttribute6: text, customAttribute7: text },
	shipVia: text,
	shipVendor: text,
	shipMethod: text,
	shipFromFacility: text,
	shipToContact: z.strictObject({
		firstName: z.string().max(30, "size must be between 0 and 30"),
		lastName: z.string().max(30, "size must be between 0 and 30"),
		phone: z.string(),
		email: z.string().max(50, "size must be between 0 and 50"),
	}),
	shipToAddress: z.strictObject({
		...{ line1: z.string(), line2: text, line3: text, line4: text },
		...{ city: z.string(), stateProvince: z.string(), postalCode: z.string() },
		country: z.string().length(2, "size must be 2"),
	}),
	notes: z.array(z.string()).optional(),
	orderLines: z.array(line).min(1),
});
const purchaseOrder = z.strictObject({
	...header,
	plannedArrivalDate: z.iso.datetime().optional(),
	shipToFacility: text,
	tradingPartner: text,
	orderLines: z.array(line).min(1).max(100, "size must be between 0 and 100"),
});

const refuse = (context: Ctx, errorMessage: string, status: 400 | 404 = 400) =>
	context.json({ errors: [{ errorMessage }] }, status);

export function latestRoutes(app: Hono<SandboxEnv>, store: DeposcoStore): void {
	const base = "/latest";
	const searches = new Map<string, unknown[]>();
	/** A page of a collection. The link to the next carries a search that overrides every other parameter. */
	const paged = (context: Ctx, all: () => object[], usual = 50) => {
		const size = Number(context.req.query("pageSize") ?? usual);
		if (!Number.isInteger(size) || size < 1 || size > 100) return refuse(context, "pageSize must be 1 to 100");
		const searchId = context.req.query("searchId");
		const known = searchId === undefined ? all() : searches.get(searchId);
		if (!known) return refuse(context, "The search has expired", 404);
		const id = searchId ?? String(searches.size + 1);
		searches.set(id, known);
		const page = Number(context.req.query("page") ?? 1);
		const more = page * size < known.length;
		const href = `https://api.deposco.example${context.req.path}?searchId=${id}&pageSize=${size}&page=${page + 1}`;
		const data = known.slice((page - 1) * size, page * size);
		const links = more ? [{ rel: "next", href }] : [];
		return context.json({ data, links, complete: !more, pages: Math.ceil(known.length / size) });
	};
	const since = (context: Ctx, name: string) => Date.parse(context.req.query(name) ?? "") || Number.NEGATIVE_INFINITY;

	for (const [path, kind, schema] of [
		["salesOrders", "Sales Order", salesOrder],
		["purchaseOrders", "Purchase Order", purchaseOrder],
	] as const) {
		const root = `${base}/orders/${path}`;
		const byId = (context: Ctx) =>
			store.orders.find((one) => one.kind === kind && String(one.id) === context.req.param("id"));
		app.get(root, (context) =>
			paged(
				context,
				() =>
					store.orders
						.filter(
							(one) =>
								one.kind === kind &&
								one.businessUnit === (context.req.query("businessUnit") ?? one.businessUnit) &&
								one.number === (context.req.query("number") ?? one.number) &&
								one.updatedMs >= since(context, "updatedAfter"),
						)
						.reverse()
						.map((one) => showOrder(one)),
				25,
			),
		);
		app.get(`${root}/:id`, (context) => {
			const order = byId(context);
			return order ? context.json(showOrder(order)) : refuse(context, "not found", 404);
		});
		app.get(`${root}/:id/orderLines`, (context) => {
			const order = byId(context);
			return order ? paged(context, () => order.lines.map(showLine), 25) : refuse(context, "not found", 404);
		});
		app.post(root, async (context) => {
			const given = schema.safeParse(await context.req.json().catch(() => null));
			if (!given.success) {
				const [issue] = given.error.issues;
				return refuse(context, `${issue?.path.join(".")} ${issue?.message}`);
			}
			const { number, businessUnit, orderLines, orderStatus } = given.data;
			if (businessUnit !== store.businessUnit) return refuse(context, "businessUnit is unknown");
			const unknown = orderLines.find((one) => !store.items.has(one.item.businessKey.number));
			if (unknown)
				return refuse(context, `Item with business key number = [${unknown.item.businessKey.number}] not found`, 404);
			const lines = orderLines.map((one) => ({
				sku: one.item.businessKey.number,
				quantity: one.orderPackQuantity,
				...(one.customerLineNumber !== undefined && { customerLineNumber: one.customerLineNumber }),
			}));
			// By number and business unit it creates or updates: nothing guards against a second header.
			const known = store.open(kind, number, businessUnit);
			if (!known) {
				const order = store.place({ kind, number, status: orderStatus, lines, sent: given.data });
				return context.json({ id: order.id, businessKey: { number } }, 201);
			}
			const there = new Set(known.lines.map(({ customerLineNumber }) => customerLineNumber));
			store.addLines(
				known,
				lines.filter((one) => !there.has(one.customerLineNumber ?? "")),
			);
			store.touch(known);
			return context.json({ id: known.id, businessKey: { number } });
		});
	}
	shipmentRoutes(app, store, { base, paged, since });
	app.post(`${base}/orders/salesOrders/:id/cancellations`, async (context) => {
		const order = store.orders.find((one) => String(one.id) === context.req.param("id"));
		const row = z.strictObject({
			orderLine: z.object({ id: z.coerce.number() }),
			canceledPackQuantity: z.number().positive(),
		});
		const body = z.strictObject({ orderLines: z.array(row).min(1) }).safeParse(await context.req.json());
		if (!order) return refuse(context, "not found", 404);
		if (!body.success) return refuse(context, "orderLines is malformed");
		if (/Ship|Load/.test(order.status)) return refuse(context, `The order is ${order.status}`);
		for (const { orderLine, canceledPackQuantity } of body.data.orderLines) {
			const found = order.lines.find((one) => one.id === orderLine.id);
			if (!found) return refuse(context, "orderLine is unknown");
			found.canceled += canceledPackQuantity;
		}
		if (order.lines.every((one) => one.canceled >= one.quantity)) order.status = "Canceled";
		store.touch(order);
		return context.json({});
	});
}

function shipmentRoutes(
	app: Hono<SandboxEnv>,
	store: DeposcoStore,
	{ base, paged, since }: { base: string; paged: Paged; since(context: Ctx, name: string): number },
): void {
	app.get(`${base}/facilities`, (context) =>
		paged(context, () =>
			[...new Set(store.stock.map((one) => one.facility))].map((number) => ({ number, name: number })),
		),
	);
	app.get(`${base}/shipments/outboundShipments`, (context) =>
		paged(context, () =>
			store.shipments
				.filter(
					(one) =>
						one.order.businessUnit === context.req.query("businessUnit") &&
						one.updatedMs >= since(context, "updatedAfter") &&
						one.shippedMs >= since(context, "shippedAfter"),
				)
				.map((one) => showShipment(one) as object),
		),
	);
	app.get(`${base}/shipments/outboundShipments/:id/shipmentLines`, (context) => {
		const found = store.shipments.find((one) => String(one.id) === context.req.param("id"));
		return found ? paged(context, () => shipmentLines(found), 25) : refuse(context, "not found", 404);
	});
	app.get(`${base}/receipts`, (context) =>
		paged(context, () =>
			store.receipts
				.filter((one) => String(one.order.id) === context.req.query("orderId"))
				.map((one) => {
					const raw = {
						number: String(one.id),
						status: one.status,
						receivedItem: { businessKey: { number: one.line.sku } },
						receivedPack: { businessKey: { quantity: 1 } },
						receivedPackQuantity: one.quantity,
						receivedDamagedPackQuantity: one.damaged,
						orderLine: ref(one.line.id),
						createdDate: iso(one.createdMs),
					};
					return (one.change ? one.change(raw) : raw) as object;
				}),
		),
	);
}
type Paged = (context: Ctx, all: () => object[], usual?: number) => Response;

function showLine(one: StoredLine): object {
	return {
		self: ref(one.id),
		lineNumber: one.lineNumber,
		customerLineNumber: one.customerLineNumber,
		item: { businessKey: { number: one.sku } },
		orderPackQuantity: one.quantity,
		canceledPackQuantity: one.canceled,
	};
}

function showOrder(order: StoredOrder): object {
	const raw = {
		self: ref(order.id),
		number: order.number,
		businessUnit: { businessKey: { code: order.businessUnit } },
		orderStatus: order.status,
		updatedDate: iso(order.updatedMs),
		orderLines: nested(order.lines.map(showLine)),
	};
	return (order.change ? order.change(raw) : raw) as object;
}

function shipmentLines(one: StoredShipment): object[] {
	return one.lines.map(({ sku, shipped, pack = 1 }) => ({
		item: { businessKey: { number: sku } },
		pack: { businessKey: { quantity: pack } },
		shippedPackQuantity: shipped,
	}));
}

function showShipment(one: StoredShipment): unknown {
	const raw = {
		self: ref(one.id),
		number: String(one.id),
		status: one.status,
		orderHeaders: { data: [ref(one.order.id)] },
		shipVendor: one.carrier,
		shipVia: `${one.carrier} ${one.service}`,
		shipMethod: one.service,
		trackingNumber: one.boxes[0]?.trackingNumber ?? null,
		trackingUrl: one.trackingUrl,
		shipmentDates: { actualShipDate: iso(one.shippedMs) },
		updatedDate: iso(one.updatedMs),
		shippingCosts: { shippingCost: one.cost },
		shipmentLines: nested(shipmentLines(one)),
		shippedContainers: nested(
			one.boxes.map(({ trackingNumber, weight }, n) => ({
				number: `${one.id}-${n + 1}`,
				trackingNumber,
				weight: weight === undefined ? null : { value: weight, units: "lb" },
			})),
		),
	};
	return one.change ? one.change(raw) : raw;
}
