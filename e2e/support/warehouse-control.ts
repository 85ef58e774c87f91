/** The sandbox warehouse, and beside its own API a small one by which tests act as its people: ship, count, look. */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import type { FaultRule } from "@/lib/connectors/kit/sandbox-server";
import type { World } from "./world";

const box = z.object({
	trackingNumber: z.string(),
	/** `line` is the line's position in the order. */
	contents: z.array(z.object({ line: z.int(), qty: z.int() })),
});
const shipping = z.object({ reference: z.string(), boxes: z.array(box) });
/**
 * What goes wrong next: every call is answered 503; an order is made and the answer lost; a cancellation is refused as
 * the order is being packed; or nothing any more.
 */
const trouble = z.object({ kind: z.enum(["outage", "lost-answer", "packed", "none"]) });
export type Trouble = z.output<typeof trouble>["kind"];
const canceling = z.object({ reference: z.string(), by: z.string() });
const count = z.object({ sku: z.string(), available: z.int() });
export type Box = z.output<typeof box>;

const troubles: Record<Trouble, FaultRule | null> = {
	outage: {
		match: () => true,
		fault: { kind: "status", status: 503, when: "before" },
		times: Number.POSITIVE_INFINITY,
	},
	"lost-answer": {
		match: ({ method, path }) => method === "POST" && path === "/orders",
		fault: { kind: "reset", when: "after" },
	},
	packed: {
		match: ({ path }) => path.endsWith("/canceler"),
		fault: { kind: "status", status: 403, when: "before", body: { ErrorCode: "InUse", Hint: "Order" } },
	},
	none: null,
};

type Settings = World["warehouse"]["settings"];

export async function startWarehouse() {
	const sandbox = await startExtensivSandbox();
	const settings = sandbox.settings as Settings;
	const { store } = sandbox;
	for (const sku of ["TEE", "MUG"]) store.addItem(sku);
	const app = new Hono();
	app.get("/created/:reference", (context) => {
		const reference = context.req.param("reference");
		const entries = store.ledger.filter((entry) => entry.kind === "created" && entry.referenceNum === reference);
		const { items = [], shipTo = null } = store.find(reference) ?? {};
		return context.json({ times: entries.length, lines: items, shipTo });
	});
	app.post("/trouble", async (context) => {
		const { kind } = trouble.parse(await context.req.json());
		sandbox.faults.clear();
		const rule = troubles[kind];
		if (rule) sandbox.faults.add({ ...rule });
		return context.json({});
	});
	app.get("/trouble", (context) => context.json({ waiting: sandbox.faults.waiting }));
	app.post("/ship", async (context) => {
		const { reference, boxes } = shipping.parse(await context.req.json());
		const order = store.find(reference);
		if (!order) return context.json({ message: `order ${reference} is not at the warehouse` }, 404);
		store.ship(order.readOnly.orderId, boxes);
		return context.json({});
	});
	app.post("/cancel", async (context) => {
		const { reference, by } = canceling.parse(await context.req.json());
		const order = store.find(reference);
		if (!order) return context.json({ message: `order ${reference} is not at the warehouse` }, 404);
		store.cancel(order, by);
		return context.json({});
	});
	app.post("/count", async (context) => {
		const { sku, available } = count.parse(await context.req.json());
		store.setStock(sku, settings.facilityId, available);
		return context.json({});
	});
	const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
	await new Promise<void>((resolve) => server.once("listening", resolve));
	const { port } = server.address() as AddressInfo;
	return {
		controlUrl: `http://127.0.0.1:${port}`,
		settings,
		close: async () => {
			server.close();
			await sandbox.close();
		},
	};
}
