/** A sandbox of a shop, and beside its own API a small one by which tests buy in it. */
import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { z } from "zod";
import { startVendureSandbox } from "@/lib/connectors/vendure/sandbox";
import type { World } from "./world";

const purchase = z.object({ lines: z.array(z.object({ sku: z.string(), quantity: z.int() })) });

export async function startSecondShop() {
	const sandbox = await startVendureSandbox();
	for (const sku of ["LAMP", "SHADE"]) sandbox.store.addProduct(sku, 50);
	const app = new Hono();
	app.post("/buy", async (context) => {
		const { code } = sandbox.store.place({ ...purchase.parse(await context.req.json()), code: numberOfNext() });
		return context.json({ code });
	});
	const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
	await new Promise<void>((resolve) => server.once("listening", resolve));
	return {
		controlUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		settings: sandbox.settings as World["secondShop"]["settings"],
		close: async () => {
			server.close();
			await sandbox.close();
		},
	};
}

let placed = 0;

function numberOfNext(): string {
	return `LAMP-${String(++placed).padStart(4, "0")}`;
}
