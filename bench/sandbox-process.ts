/** The process of one partner: a sandbox, and the bench's orders about what it holds. */
import { startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { startVendureSandbox } from "@/lib/connectors/vendure/sandbox";
import { type Question, question } from "./sandboxes";

const secondMs = 1000;

interface Running {
	settings: Record<string, unknown>;
	calls(): number;
	done(): number;
	close(): Promise<void>;
	obey(told: Question): void;
}

async function openShop(): Promise<Running> {
	const sandbox = await startVendureSandbox();
	const { store } = sandbox;
	return {
		...sandbox,
		done: () => [...store.orders.values()].filter((order) => order.state === "Shipped").length,
		obey: (told) => {
			if (told.ask === "stock") for (let i = 0; i < told.skus; i++) store.addProduct(skuOf(i), 0);
			if (told.ask !== "place") return;
			for (const sku of ["TEE", "MUG"]) store.addProduct(sku, told.orders * 3);
			// As in life, orders come one after another; a page then ends at a moment of its own.
			const first = Date.now() - (told.orders + 600) * 2 * secondMs;
			for (let i = 0; i < told.orders; i++) {
				const at = new Date(first + i * 2 * secondMs);
				store.place({ lines: [{ sku: "TEE", quantity: 2 }, { sku: "MUG", quantity: 1 }], at }); // biome-ignore format: one line
			}
		},
	};
}

async function openWarehouse(): Promise<Running> {
	let clock: number | null = null;
	const sandbox = await startExtensivSandbox({ now: () => new Date(clock ?? Date.now()) });
	const { store } = sandbox;
	for (const sku of ["TEE", "MUG"]) store.addItem(sku);
	return {
		...sandbox,
		done: () => store.orders.length,
		obey: (told) => {
			if (told.ask === "ship") {
				clock = Date.now() - store.orders.length * secondMs;
				for (const { readOnly } of store.orders) {
					clock += secondMs;
					if (readOnly.status === 0) store.ship(readOnly.orderId);
				}
				clock = null;
			}
			if (told.ask === "stock") for (let i = 0; i < told.skus; i++) store.setStock(skuOf(i), 2, 100 + (i % 50));
			if (told.ask === "move") {
				const rows = [...store.stock.values()];
				for (let i = 0; i < rows.length; i += told.everyNth) {
					const row = rows[i];
					if (row) store.setStock(row.sku, row.facilityId, row.available + 1);
				}
			}
		},
	};
}

function skuOf(index: number): string {
	return `SKU-${String(index).padStart(6, "0")}`;
}

const open = process.argv[2] === "shop" ? openShop : openWarehouse;
let running: Running | undefined;

async function answer(told: Question): Promise<object> {
	if (told.ask === "open") {
		await running?.close();
		running = await open();
		return { settings: running.settings };
	}
	running?.obey(told);
	return { calls: running?.calls() ?? 0, done: running?.done() ?? 0 };
}

process.on("message", (message) => {
	void answer(question.parse(message)).then((reply) => process.send?.(reply));
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
