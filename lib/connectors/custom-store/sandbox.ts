/**
 * A store on loopback that answers as a ShipStation custom store: Basic access, times to the minute without a zone,
 * numbered pages of orders changed in a stretch of time, everything in CDATA. What it refuses, real ones refuse; its
 * quirks are those that real ones were seen to have.
 */
import type { Hono } from "hono";
import { type RunningSandbox, type SandboxEnv, startSandboxServer } from "../kit/sandbox-server";
import { parseXml, writeXml } from "../kit/xml";
import { toLocal } from "../kit/zone";
import { timeOf } from "./map";

export interface StoredStoreOrder {
	changedMs: number;
	raw: Record<string, unknown>;
	change?: ((raw: unknown) => unknown) | undefined;
}
export interface Quirks {
	/** Its own clock, in place of UTC. */
	zone: string;
	/** How many pages it says there are. */
	pages: "right" | "missing" | "one" | "orders";
	/** The same page for every number. */
	onePage: boolean;
	firstPage: number;
	/** In place of any list. */
	answer: Response | null;
	/** Windows-1252, as the first line says, or as nobody says. */
	bytes: "utf-8" | "declared" | "hidden";
	/** Leaves shipped orders out of lists. */
	hidesShipped: boolean;
	pageSize: number;
}
export interface StoreSandbox extends RunningSandbox {
	orders: Map<string, StoredStoreOrder>;
	quirks: Quirks;
	/** Append-only: every notice that was taken, with the address it came to and its body. */
	notices: { number: string; tracking: string; query: Record<string, string>; body: Record<string, unknown> }[];
	settings: Record<string, unknown>;
	place(more?: Record<string, unknown>): string;
}

const access = { userName: "sandbox-user", password: "sandbox: pässword 0123" };

export async function startStoreSandbox(
	options: { port?: number; now?: () => Date; quirks?: Partial<Quirks> } = {},
): Promise<StoreSandbox> {
	const now = options.now ?? (() => new Date());
	const store = {
		orders: new Map<string, StoredStoreOrder>(),
		notices: [] as StoreSandbox["notices"],
		quirks: {
			...{ zone: "UTC", pages: "right", onePage: false, firstPage: 1, answer: null, bytes: "utf-8" },
			...{ hidesShipped: false, pageSize: 50 },
			...options.quirks,
		} as Quirks,
	};
	const expected = `Basic ${Buffer.from(`${access.userName}:${access.password}`).toString("base64")}`;
	const server = await startSandboxServer((app) => {
		app.use(async (context, next) =>
			context.req.header("authorization") === expected
				? next()
				: context.text("Unauthorized", 401, { "WWW-Authenticate": "Basic" }),
		);
		exportRoute(app, store);
		noticeRoute(app, { ...store, now });
	}, options);
	let count = 0;
	return {
		...server,
		...store,
		settings: { endpoint: `${server.url}/shipstation?store=main`, ...access },
		place(more = {}) {
			const number = String(more.OrderNumber ?? `S-${1000 + ++count}`);
			const raw = { ...usualOrder(number, toStamp(now(), store.quirks.zone)), ...more };
			store.orders.set(number, { changedMs: now().getTime(), raw });
			return number;
		},
	};
}

function toStamp(at: Date, zone: string): string {
	const local = toLocal(at, zone);
	return `${local.slice(5, 7)}/${local.slice(8, 10)}/${local.slice(0, 4)} ${local.slice(11, 16)}`;
}

function usualOrder(number: string, placed: string) {
	return {
		OrderID: `id-${number}`,
		OrderNumber: number,
		OrderDate: placed,
		OrderStatus: "paid",
		ShippingMethod: "Ground",
		PaymentMethod: "Credit card",
		CurrencyCode: "USD",
		OrderTotal: "1,025.00",
		TaxAmount: "0.00",
		ShippingAmount: "5.00",
		CustomerNotes: "Leave at the <back> door & ring",
		InternalNotes: "Wholesale",
		Gift: "false",
		GiftMessage: "",
		CustomField1: "box-2",
		CustomField2: "",
		Customer: {
			CustomerCode: "ann",
			BillTo: { Name: "Ann Example", Phone: "7755550101", Email: "ann@example.test" },
			ShipTo: {
				...{ Name: "Ann Example", Company: "Bloom & Sons", Address1: "1 Main St", Address2: "Suite 9" },
				...{ City: "Reno", State: "NV", PostalCode: "89501", Country: "US", Phone: "" },
			},
		},
		Items: {
			Item: [
				{
					...{ LineItemID: `${number}-a`, SKU: "TEE", Name: "Tee", Quantity: "2", UnitPrice: "12.50" },
					...{ Weight: "12", WeightUnits: "Ounces", Options: { Option: [{ Name: "Size", Value: "L" }] } },
				},
				{ SKU: "", Name: "Discount", Quantity: "1", UnitPrice: "-5.00", Adjustment: "true" },
			],
		},
	};
}

const xml = (text: string | Uint8Array<ArrayBuffer>, status = 200) =>
	new Response(text, { status, headers: { "content-type": "text/xml" } });
const refuse = (status: 400 | 404, said: string) => xml(`<Error>${said}</Error>`, status);

function exportRoute(app: Hono<SandboxEnv>, { orders, quirks }: Pick<StoreSandbox, "orders" | "quirks">): void {
	app.get("/shipstation", (context) => {
		const { action, start_date = "", end_date = "", page = "", store } = context.req.query();
		if (action !== "export" || store !== "main") return refuse(400, "unknown action");
		if (quirks.answer) return quirks.answer.clone();
		const dates = [start_date, end_date].map((text) =>
			/^\d\d\/\d\d\/\d{4} \d\d:\d\d$/.test(text) ? timeOf(text, quirks.zone) : null,
		);
		const [start, end] = dates;
		if (!start || !end) return refuse(400, "dates must be MM/dd/yyyy HH:mm");
		const number = Number(page) - quirks.firstPage;
		if (!/^\d+$/.test(page) || number < 0) return refuse(400, "page out of range");
		const found = [...orders.values()]
			.filter(({ changedMs }) => changedMs >= start.getTime() && changedMs <= end.getTime())
			.filter(({ raw }) => !quirks.hidesShipped || raw.OrderStatus !== "shipped")
			.sort((a, b) => b.changedMs - a.changedMs);
		const skip = quirks.onePage ? 0 : number * quirks.pageSize;
		const rows = found.slice(skip, quirks.onePage ? undefined : skip + quirks.pageSize);
		return answer(rows, { quirks, count: found.length });
	});
}

function answer(rows: StoredStoreOrder[], { quirks, count }: { quirks: Quirks; count: number }): Response {
	const pages = { right: Math.ceil(count / quirks.pageSize), missing: null, one: 1, orders: count }[quirks.pages];
	const Order = rows.map(({ raw, changedMs, change }) => {
		const told = { ...raw, LastModified: toStamp(new Date(changedMs), quirks.zone) };
		return change ? change(told) : told;
	});
	const body = writeXml("Orders", { ...(pages !== null && { "@pages": pages }), Order });
	const encoding = quirks.bytes === "declared" ? "windows-1252" : "utf-8";
	const text = `<?xml version="1.0" encoding="${encoding}"?>\n${body}`;
	if (quirks.bytes === "utf-8") return xml(text);
	return xml(new Uint8Array(Buffer.from(text.replaceAll("€", "\u0080"), "latin1")));
}

function noticeRoute(
	app: Hono<SandboxEnv>,
	{ orders, notices, now }: Pick<StoreSandbox, "orders" | "notices"> & { now: () => Date },
): void {
	app.post("/shipstation", async (context) => {
		const query = context.req.query();
		if (query.action !== "shipnotify") return refuse(400, "unknown action");
		let body: Record<string, unknown>;
		try {
			body = parseXml(await context.req.text()).ShipNotice as Record<string, unknown>;
		} catch {
			return refuse(400, "malformed notice");
		}
		const number = query.order_number ?? "";
		const order = orders.get(number);
		if (!order) return refuse(404, "no such order");
		if (body?.OrderNumber !== number || !/^\d\d\/\d\d\/\d{4}$/.test(String(body.ShipDate)))
			return refuse(400, "the notice does not fit");
		// Nothing keeps a store from taking the same notice twice.
		notices.push({ number, tracking: query.tracking_number ?? "", query, body });
		order.raw.OrderStatus = "shipped";
		order.changedMs = now().getTime();
		return xml(`<?xml version="1.0"?><Response><Status>received</Status></Response>`);
	});
}
