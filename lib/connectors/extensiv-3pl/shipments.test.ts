import { describe, expect, it } from "vitest";
import { extensiv3pl } from "./index";
import { type ExtensivSandbox, startExtensivSandbox } from "./sandbox";
import { parseRql } from "./sandbox/rql-filter";
import { oneTee, open, order, promised, write } from "./support";

const orders = promised(extensiv3pl.destination?.orders);
const shipments = promised(extensiv3pl.destination?.shipments);
const inventory = promised(extensiv3pl.destination?.inventory);

describe("shipments", () => {
	it("bring each package with its tracking and lines, once", async () => {
		const sandbox = await startExtensivSandbox();
		for (const sku of ["TEE", "MUG"]) sandbox.store.addItem(sku);
		const { externalId } = await orders.create(open(sandbox.settings), write(order("SHIP-1")));
		sandbox.store.ship(Number(externalId), [
			{ trackingNumber: "1ZA", contents: [{ line: 0, qty: 2 }] },
			{ trackingNumber: "1ZB", contents: [{ line: 1, qty: 1 }] },
		]);
		const seen = [];
		for await (const page of shipments.read(open(sandbox.settings), { cursor: null })) seen.push(...page.records);
		const mine = seen.filter((record) => record.ok && record.value.orderNumber === "SHIP-1");
		expect(mine).toHaveLength(1);
		expect(mine[0]).toMatchObject({
			value: {
				orderExternalId: externalId,
				carrier: "UPS",
				final: true,
				lines: [
					{ lineId: "l1", quantity: 2 },
					{ lineId: "l2", quantity: 1 },
				],
				packages: [
					{ trackingNumber: "1ZA", lines: [{ lineId: "l1", sku: "TEE", quantity: 2 }] },
					{ trackingNumber: "1ZB", lines: [{ lineId: "l2", sku: "MUG", quantity: 1 }] },
				],
			},
		});
		await sandbox.close();
	});

	it("are read over pages and resumed after each page without loss", async () => {
		const far = await startExtensivSandbox();
		far.store.addItem("TEE");
		const context = () => open({ ...far.settings });
		for (let i = 0; i < 600; i++) {
			const { externalId } = await orders.create(
				context(),
				write(order(`PAGE-${i}`, [{ lineId: `l${i}`, sku: "TEE", quantity: 1 }])),
			);
			far.store.ship(Number(externalId));
		}
		const seen = new Set<string>();
		let cursor: unknown = null;
		let pages = 0;
		for (let done = false; !done; ) {
			done = true;
			for await (const page of shipments.read(context(), { cursor: cursor as never })) {
				for (const record of page.records) seen.add(record.sourceId);
				cursor = shipments.cursor.parse(JSON.parse(JSON.stringify(page.next)));
				pages++;
				done = pages >= 8;
				break;
			}
		}
		expect(seen.size).toBe(600);
		await far.close();
	});

	it("report a malformed one and keep its neighbours", async () => {
		const far = await startExtensivSandbox();
		far.store.addItem("TEE");
		for (const number of ["A", "B", "C"]) {
			const { externalId } = await orders.create(
				open(far.settings),
				write(order(number, [{ lineId: "l", sku: "TEE", quantity: 1 }])),
			);
			far.store.ship(Number(externalId));
		}
		const middle = far.store.find("B");
		if (middle) middle.malformed = { readOnly: { orderId: middle.readOnly.orderId }, referenceNum: 7 };
		const records = [];
		for await (const page of shipments.read(open(far.settings), { cursor: null })) records.push(...page.records);
		expect(records.map((record) => record.ok)).toEqual([true, false, true]);
		expect(records[1]?.sourceId).toBe(String(middle?.readOnly.orderId));
		await far.close();
	});
});

describe("closed orders", () => {
	const at = (text: string) => new Date(text);
	async function read(far: ExtensivSandbox, changes: Record<string, unknown> = {}, cursor: unknown = null) {
		const seen = [];
		let next = cursor;
		for await (const page of shipments.read(open({ ...far.settings, ...changes }), { cursor: next as never })) {
			seen.push(...page.records);
			next = page.next;
		}
		return { seen, next };
	}
	async function sent(far: ExtensivSandbox, number: string) {
		far.store.addItem("TEE");
		return Number((await orders.create(open(far.settings), write(order(number, oneTee)))).externalId);
	}

	it("are seen although their departure was entered late, with a date of yesterday", async () => {
		let clock = at("2026-03-02T12:00:00Z");
		const far = await startExtensivSandbox({ now: () => clock });
		const [first, second] = [await sent(far, "NOW"), await sent(far, "YESTERDAY")];
		far.store.ship(first);
		const { next } = await read(far);
		clock = at("2026-03-02T13:00:00Z");
		far.store.ship(second, undefined, at("2026-03-01T09:00:00Z"));
		const { seen } = await read(far, {}, next);
		const late = seen.filter((record) => record.ok && record.value.orderNumber === "YESTERDAY");
		expect(late).toMatchObject([{ value: { shippedAt: at("2026-03-01T09:00:00Z") } }]);
		await far.close();
	});

	it("have true times in the zone of the warehouse, also in the night the clocks go back", async () => {
		let clock = at("2026-11-01T07:30:00Z");
		const far = await startExtensivSandbox({ now: () => clock, zone: "America/Denver" });
		const inDenver = { timeZone: "America/Denver" };
		const [first, second] = [await sent(far, "FIRST"), await sent(far, "SECOND")];
		far.store.ship(first);
		const { seen, next } = await read(far, inDenver);
		expect(seen).toMatchObject([{ value: { shippedAt: at("2026-11-01T07:30:00Z") } }]);
		// Forty minutes later the wall clock says 01:10, twenty minutes earlier than before.
		clock = at("2026-11-01T08:10:00Z");
		far.store.ship(second);
		const again = await read(far, inDenver, next);
		expect(again.seen.map((record) => record.ok && record.value.orderNumber)).toContain("SECOND");
		await far.close();
	});

	it("of other customers, and canceled orders, are none of ours", async () => {
		const far = await startExtensivSandbox({ customers: [{ id: 18, name: "Red Lamp" }] });
		far.store.addItem("TEE", 18);
		const foreign = await orders.create(
			open({ ...far.settings, customerId: 18 }),
			write(order("THEIRS", [{ lineId: "l", sku: "TEE", quantity: 1 }])),
		);
		far.store.ship(Number(foreign.externalId));
		far.store.ship(await sent(far, "OURS"));
		const { seen } = await read(far);
		expect(seen.map((record) => record.ok && record.value.orderNumber)).toEqual(["OURS"]);
		await far.close();
	});

	it("hold what left, when less was packed than ordered", async () => {
		const far = await startExtensivSandbox();
		for (const sku of ["TEE", "MUG"]) far.store.addItem(sku);
		const { externalId } = await orders.create(open(far.settings), write(order("SHORT")));
		far.store.ship(Number(externalId), [{ trackingNumber: "1ZC", contents: [{ line: 0, qty: 1 }] }]);
		const { seen } = await read(far);
		expect(seen).toMatchObject([{ value: { final: true, lines: [{ lineId: "l1", quantity: 1 }] } }]);
		await far.close();
	});
});

describe("what a merchant may see", () => {
	it("is only its own stock, though the credentials see the whole warehouse", async () => {
		const far = await startExtensivSandbox({ customers: [{ id: 18, name: "Red Lamp" }] });
		far.store.setStock("TEE", 2, 5);
		far.store.setStock("TEE", 2, 900, {}, 18);
		far.store.setStock("LAMP", 2, 70, {}, 18);
		const records = [];
		for await (const page of inventory.read(open(far.settings), { cursor: null })) records.push(...page.records);
		expect(records).toMatchObject([{ ok: true, value: { sku: "TEE", available: 5 } }]);
		expect(records).toHaveLength(1);
		await far.close();
	});

	it("may share a number with another customer's order", async () => {
		const far = await startExtensivSandbox({ customers: [{ id: 18, name: "Red Lamp" }] });
		const lines = [{ lineId: "l", sku: "TEE", quantity: 1 }];
		for (const customerId of [17, 18]) {
			far.store.addItem("TEE", customerId);
			const written = await orders.create(open({ ...far.settings, customerId }), write(order("SAME", lines)));
			expect(written.existed).toBe(false);
		}
		expect(await orders.find(open({ ...far.settings, customerId: 17 }), "SAME", order("SAME"))).toMatchObject({
			externalId: String(far.store.find("SAME", 17)?.readOnly.orderId),
		});
		await far.close();
	});
});

describe("the query language", () => {
	const row = { a: 1, b: "two;three", c: null, d: { e: "2026-08-30T10:00:00" } };
	it.each([
		["a==2,a==1;b==x*", false],
		["(a==2,a==1);b==two*", true],
		["a==1,a==2;b==x*", true],
		["b==two%3Bthree", true],
		["b==*three", true],
		["b==*o;t*", "refused"],
		["a=in=(3,2,1)", true],
		["a=out=(3,2,1)", false],
		["c=hv=false;a=hv=true", true],
		["D.E=ge=2026-08-30T10:00:00Z", true],
		["d.e=gt=2026-08-30T10:00:00", false],
		["a=ge=1;a=lt=2", true],
		["a~1", "refused"],
		["(a==1", "refused"],
	])("%s is %s", (source, expected) => {
		const result = () => parseRql(source).test(row);
		if (expected === "refused") expect(result).toThrow();
		else expect(result()).toBe(expected);
	});
});
