/** Each setting of Vendure, by the name it has on screen. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { vendure } from "./index";
import { startVendureSandbox, type VendureSandbox } from "./sandbox";
import { faultOf, message, openOn, source, write } from "./support";

let sandbox: VendureSandbox;
beforeEach(async () => {
	sandbox = await startVendureSandbox();
	sandbox.store.addProduct("TEE", 50);
});
afterEach(() => sandbox.close());
const open = (changes: Record<string, unknown> = {}) => openOn(sandbox, changes);
const check = (changes: Record<string, unknown>) => vendure.check(open(changes));

describe("access", () => {
	it("Admin API address: where nothing answers it is named", async () => {
		expect(await check({ apiUrl: "http://127.0.0.1:1/admin-api" })).toMatchObject({ ok: false, field: "apiUrl" });
		expect(() => open({ apiUrl: "shop.example" })).toThrow(/must be an address/);
	});
	it("API key: a wrong one is named", async () => {
		expect(await check({ apiKey: "wrong" })).toMatchObject({ ok: false, field: "apiKey" });
	});
	it("Channel token: only for shops with several channels; one that is not there is named", async () => {
		expect(await check({})).toMatchObject({ ok: true, as: "the default channel" });
		expect(await check({ channelToken: "no-such-channel" })).toMatchObject({ ok: false, field: "channelToken" });
	});
});

it("Which orders to load: settled and authorized payments by default", async () => {
	const settled = sandbox.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
	const authorized = sandbox.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
	authorized.state = "PaymentAuthorized";
	const read = async (changes: Record<string, unknown> = {}) => {
		const ids: string[] = [];
		for await (const page of source.orders.read(open(changes), { cursor: null }))
			ids.push(...page.records.map(({ sourceId }) => sourceId));
		return ids.sort();
	};
	expect(await read()).toEqual([settled.id, authorized.id].sort());
	expect(await read({ orderStates: ["PaymentSettled"] })).toEqual([settled.id]);
	expect(() => open({ orderStates: [] })).toThrow(/choose at least one/);
});

it("Fulfilment handler: one that the shop does not have is refused by its name", async () => {
	const order = sandbox.store.place({ lines: [{ sku: "TEE", quantity: 1 }] });
	const shipped = write(message(order, "1Z", [{ line: 0, quantity: 1 }]));
	const fault = await faultOf(source.confirm.create(open({ fulfillmentHandler: "own-van" }), shipped));
	expect(fault).toMatchObject({ kind: "permanent" });
	expect(await source.confirm.create(open(), shipped)).toMatchObject({ existed: false });
});

it("Stock location: the variant's first by default, and one that the shop does not have names the setting", async () => {
	const writes = [{ key: "TEE", value: { sku: "TEE", quantity: 7 }, attempt: 1 }];
	expect(await source.inventory.set(open(), writes)).toMatchObject([{ ok: true }]);
	const [outcome] = await source.inventory
		.set(open({ stockLocation: "nowhere" }), writes)
		.catch((error) => [{ ok: false, error }]);
	expect(outcome).toMatchObject({ ok: false, error: { fault: { field: "stockLocation" } } });
});
