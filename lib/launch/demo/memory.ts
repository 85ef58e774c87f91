/**
 * The demo's shops and warehouse outlive the process, because the database remembers their orders: what they hold
 * is kept in one file. Where it is missing or broken, they start anew with ids that were never used before.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import type { WarehouseSnapshot } from "@/lib/connectors/extensiv-3pl/sandbox/store";
import { startVendureSandbox, type VendureSandbox } from "@/lib/connectors/vendure/sandbox";
import type { ShopSnapshot } from "@/lib/connectors/vendure/sandbox/store";
import { freePort } from "@/lib/ports";
import { demoMerchants } from "./catalogue";
import { type Floor, furnish } from "./floor";
import { createWorld, type World, worldSchema } from "./world";

const isObject = (value: unknown) => typeof value === "object" && value !== null;
const memory = z.object({
	version: z.literal(1),
	ports: z.record(z.string(), z.int()),
	world: worldSchema,
	shops: z.record(z.string(), z.custom<ShopSnapshot>(isObject)),
	warehouse: z.custom<WarehouseSnapshot>(isObject),
});
type Memory = z.output<typeof memory>;

/** What was written last may be missing after a crash: ids given out since then must not come again. */
const lostIds = 1000;

/** Opens shops and warehouse as they were left, on the ports they had when those are free. */
export async function openFloor(folder: string, now: number): Promise<{ floor: Floor; world: World }> {
	const kept = read(folder);
	const port = (name: string) => freePort(kept?.ports[name] ?? 0);
	const firstId = idsSince(now);
	const [first, ...others] = demoMerchants;
	if (!first) throw new Error("the demo has no merchants");
	const warehouse = await startExtensivSandbox({
		port: await port("warehouse"),
		customerId: first.customerId,
		customers: others.map(({ customerId, name }) => ({ id: customerId, name })),
	});
	const emptyWarehouse = { lastId: firstId, orders: [], customers: [] };
	warehouse.store.restore(kept ? later(kept.warehouse) : emptyWarehouse);
	const shops = new Map<string, VendureSandbox>();
	for (const { key } of demoMerchants) {
		const shop = await startVendureSandbox({ port: await port(key) });
		const snapshot = kept?.shops[key];
		shop.store.restore(snapshot ? later(snapshot) : { lastId: firstId, orders: [], variants: [] });
		shops.set(key, shop);
	}
	const floor = { shops, warehouse };
	furnish(floor);
	return { floor, world: kept ? { ...kept.world, began: now, due: {} } : createWorld(now) };
}

/** Writes beside and renames: a process that dies here leaves the earlier file whole. */
export function keepFloor(folder: string, { floor, world }: { floor: Floor; world: World }): void {
	const names: [string, { url: string }][] = [["warehouse", floor.warehouse], ...floor.shops];
	const content: Memory = {
		version: 1,
		ports: Object.fromEntries(names.map(([name, { url }]) => [name, Number(new URL(url).port)])),
		world,
		shops: Object.fromEntries([...floor.shops].map(([key, shop]) => [key, shop.store.snapshot()])),
		warehouse: floor.warehouse.store.snapshot(),
	};
	mkdirSync(folder, { recursive: true });
	const file = fileOf(folder);
	writeFileSync(`${file}.new`, JSON.stringify(content));
	renameSync(`${file}.new`, file);
}

function read(folder: string): Memory | null {
	try {
		return existsSync(fileOf(folder)) ? memory.parse(JSON.parse(readFileSync(fileOf(folder), "utf8"))) : null;
	} catch {
		return null;
	}
}

function fileOf(folder: string): string {
	return path.join(folder, "floor.json");
}

/** One id a second since 2025: more than a shop uses up, so a later start is always ahead of an earlier one. */
function idsSince(now: number): number {
	return Math.max(1000, Math.floor((now - Date.UTC(2025, 0, 1)) / 1000));
}

function later<T extends { lastId: number }>(snapshot: T): T {
	return { ...snapshot, lastId: snapshot.lastId + lostIds };
}
