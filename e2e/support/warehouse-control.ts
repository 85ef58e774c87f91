/** The sandbox warehouse, and beside its own API a small one by which tests act as its people: ship, count, look. */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import type { World } from "./world";

const box = z.object({
	trackingNumber: z.string(),
	/** `line` is the line's position in the order. */
	contents: z.array(z.object({ line: z.int(), qty: z.int() })),
});
const shipping = z.object({ reference: z.string(), boxes: z.array(box) });
const count = z.object({ sku: z.string(), available: z.int() });
export type Box = z.output<typeof box>;

type Settings = World["warehouse"]["settings"];

export async function startWarehouse() {
	const sandbox = await startExtensivSandbox();
	const settings = sandbox.settings as Settings;
	const { store } = sandbox;
	const app = new Hono();
	app.get("/created/:reference", (context) => {
		const reference = context.req.param("reference");
		const entries = store.ledger.filter((entry) => entry.kind === "created" && entry.referenceNum === reference);
		return context.json({ times: entries.length, lines: store.find(reference)?.items ?? [] });
	});
	app.post("/ship", async (context) => {
		const { reference, boxes } = shipping.parse(await context.req.json());
		const order = store.find(reference);
		if (!order) return context.json({ message: `order ${reference} is not at the warehouse` }, 404);
		store.ship(order.readOnly.orderId, boxes);
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
