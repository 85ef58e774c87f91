/**
 * The integration API on loopback: Basic, lists wrapped by their element where one row is no list, `@nil` for
 * nothing, and refusals inside an answer of 200. Its lists of shipments and receipts are as we infer them.
 */
import type { Context, Hono } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { type DeposcoStore, iso, type StoredOrder } from "./store";

type Ctx = Context<SandboxEnv>;
const nil = { "@nil": "true" };
const orNil = z.union([z.string().min(1), z.strictObject({ "@nil": z.literal("true") })]);
const local = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
const pageSize = 50;

const newOrder = z.strictObject({
	businessUnit: z.string().min(1),
	number: z.string().min(1),
	type: z.enum(["Sales Order", "Purchase Order"]),
	status: z.enum(["New", "Hold"]),
	orderPriority: z.int().optional(),
	customerOrderNumber: z.string().optional(),
	otherReferenceNumber: orNil.optional(),
	orderSource: orNil.optional(),
	shipVia: z.string().optional(),
	placedDate: local,
	plannedArrivalDate: local.optional(),
	shipFromFacility: z.string().optional(),
	shipToFacility: z.string().optional(),
	shipToAddress: z
		.strictObject({
			name: z.string().min(1),
			address: z.strictObject({
				...{ line1: z.string().min(1), line2: orNil, city: orNil },
				...{ stateProvinceCode: orNil, postalCode: orNil, countryCode: z.string().length(2) },
			}),
			phone1: orNil,
		})
		.optional(),
	notes: orNil.optional(),
	orderLines: z.strictObject({
		orderLine: z
			.array(
				z.strictObject({
					lineNumber: z.string(),
					customerLineNumber: z.string(),
					itemNumber: z.string().min(1),
					pack: z.strictObject({ type: z.literal("Each", "pack is unknown"), quantity: z.literal(1) }),
					orderPackQuantity: z.int().positive(),
					unitPrice: z.number().optional(),
				}),
			)
			.min(1),
	}),
});
const update = z.strictObject({
	order: z.tuple([
		z.strictObject({ businessUnit: z.string(), number: z.string(), type: z.string(), status: z.literal("Canceled") }),
	]),
});

/** One row is no list, and none is nothing. */
const wrapped = (name: string, rows: unknown[]) => ({
	[name]: rows.length === 0 ? nil : rows.length === 1 ? rows[0] : rows,
});
const inside = (context: Ctx, status: string, message = "") => context.json({ response: { status, message } });

export function legacyRoutes(app: Hono<SandboxEnv>, store: DeposcoStore, base: string): void {
	const pageOf = <T>(context: Ctx, all: T[]): T[] => {
		const page = Number(context.req.query("pageNo") ?? 1);
		return all.slice((page - 1) * pageSize, page * pageSize);
	};
	const since = (context: Ctx) => Date.parse(`${context.req.query("startActivityTime") ?? "1970-01-01T00:00:00"}Z`);

	app.post(`${base}/orders`, async (context) => {
		const given = z.strictObject({ order: z.array(newOrder).length(1) }).safeParse(await context.req.json());
		const order = given.data?.order[0];
		if (!order) {
			const [issue] = given.error?.issues ?? [];
			return inside(context, "HTTP/1.1 400 Bad Request", `${issue?.path.join(".")} ${issue?.message}`);
		}
		const { number, businessUnit, type: kind, status } = order;
		if (businessUnit !== store.businessUnit) return inside(context, "HTTP/1.1 400 Bad Request", "unknown businessUnit");
		if (store.open(kind, number, businessUnit)) return inside(context, "HTTP/1.1 409 Conflict");
		const rows = order.orderLines.orderLine;
		const unknown = rows.find(({ itemNumber }) => !store.items.has(itemNumber));
		if (unknown) return inside(context, "HTTP/1.1 404 Not Found", `no item ${unknown.itemNumber}`);
		const lines = rows.map(({ itemNumber: sku, orderPackQuantity: quantity, customerLineNumber }) => ({
			...{ sku, quantity, customerLineNumber },
		}));
		store.place({ kind, number, status, lines, sent: order });
		return inside(context, "HTTP/1.1 201 Created");
	});
	const named = (context: Ctx) => {
		const [kind, number] = [context.req.param("type"), context.req.param("number")];
		const same = store.orders.filter((one) => one.kind === kind && one.number === number);
		return same.find(({ status }) => status !== "Canceled") ?? same[0];
	};
	app.get(`${base}/orders/:type/:number`, (context) => {
		const order = named(context);
		return order ? context.json(wrapped("order", [showOrder(order)])) : context.json({ message: "not found" }, 404);
	});
	app.put(`${base}/orders/:type/:number`, async (context) => {
		const [order, given] = [named(context), update.safeParse(await context.req.json())];
		if (!order) return context.json({ message: "not found" }, 404);
		if (!given.success) return inside(context, "HTTP/1.1 400 Bad Request", "status cannot be written");
		if (/Ship/.test(order.status)) return inside(context, "HTTP/1.1 400 Bad Request", `it is ${order.status}`);
		order.status = "Canceled";
		store.touch(order);
		return inside(context, "HTTP/1.1 200 OK");
	});
	app.get(`${base}/inventory/full`, (context) => {
		const rows = pageOf(context, store.stock).map((one) => {
			const { sku, facility, total, allocated, promise = total - allocated } = one;
			const inventory = { total, availableToPromise: promise, unallocated: total - allocated, allocated };
			const raw = { itemNumber: sku, facilityInventory: { facility, inventory } };
			return one.change ? one.change(raw) : raw;
		});
		return context.json(wrapped("itemInventory", rows));
	});
	app.get(`${base}/shipments/:unit`, (context) => {
		const from = since(context);
		const found = store.shipments.filter(
			(one) => one.order.businessUnit === context.req.param("unit") && one.updatedMs >= from,
		);
		const rows = pageOf(context, found).map((one) => {
			const raw = {
				number: String(one.id),
				businessUnit: one.order.businessUnit,
				orderNumber: one.order.number,
				status: one.status,
				shipVendor: one.carrier,
				shipVia: one.service,
				trackingNumber: one.boxes[0]?.trackingNumber || nil,
				actualShipDate: iso(one.shippedMs).slice(0, 19),
				updatedDateTime: iso(one.updatedMs).slice(0, 19),
				shippingCost: String(one.cost),
				shipmentLines: wrapped(
					"shipmentLine",
					one.lines.map(({ sku, shipped, pack = 1 }, n) => ({
						itemNumber: sku,
						shippedPackQuantity: shipped,
						pack: { type: "Each", quantity: pack },
						trackingNumber: one.boxes[n]?.trackingNumber || nil,
					})),
				),
			};
			return one.change ? one.change(raw) : raw;
		});
		return context.json(wrapped("shipment", rows));
	});
	app.get(`${base}/receiptlines/:unit`, (context) => {
		const from = since(context);
		const found = store.receipts.filter((one) => one.createdMs >= from);
		const rows = pageOf(context, found).map((one) => {
			const raw = {
				receiptNumber: String(one.id),
				businessUnit: one.order.businessUnit,
				orderNumber: one.order.number,
				lineNumber: one.line.lineNumber,
				customerLineNumber: one.line.customerLineNumber || nil,
				itemNumber: one.line.sku,
				receivedPackQuantity: one.quantity,
				receivedDamagedPackQuantity: one.damaged,
				pack: { type: "Each", quantity: 1 },
				status: one.status,
				receivedDateTime: iso(one.createdMs).slice(0, 19),
			};
			return one.change ? one.change(raw) : raw;
		});
		return context.json(wrapped("receiptLine", rows));
	});
}

function showOrder(order: StoredOrder): unknown {
	const raw = {
		businessUnit: order.businessUnit,
		number: order.number,
		type: order.kind,
		status: order.status,
		notes: nil,
		orderLines: wrapped(
			"orderLine",
			order.lines.map(({ sku, lineNumber, quantity }) => ({
				itemNumber: sku,
				lineNumber,
				orderPackQuantity: quantity,
			})),
		),
	};
	return order.change ? order.change(raw) : raw;
}
