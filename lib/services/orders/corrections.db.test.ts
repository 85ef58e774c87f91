import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { orderDesk } from "@/lib/testing/order-desk";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
const { press, read, loaded, change, quantities } = orderDesk(journey);
type Placed = ReturnType<typeof journey.place>;

const conflict = (problem: RegExp) => ({ status: 409, body: { detail: expect.stringMatching(problem) } });

describe("a correction by hand", () => {
	async function edit(order: Placed, change: object) {
		const { shipTo, shipping, note, lines, sourceChangedAt } = await read(order);
		const own = lines.map(({ id, sku, quantity }: { id: string; sku: string; quantity: number }) => ({
			id,
			sku,
			quantity,
		}));
		return press("edit", order, { shipTo, shipping, note, lines: own, sourceChangedAt, ...change });
	}
	const firstLine = async (order: Placed) => (await read(order)).lines[0];

	it("goes out, with what the cart said beside it, and counts until it is undone", async () => {
		const order = journey.place([{ sku: "WRONG", quantity: 1 }]);
		await journey.download();
		await journey.deliver();
		expect(await journey.statusOf(order.code)).toBe("error");
		const { id } = await firstLine(order);
		expect(await edit(order, { lines: [{ id, sku: "TEE", quantity: 2 }] })).toMatchObject({ status: 200 });
		expect(await read(order)).toMatchObject({
			status: "new",
			editedAt: expect.any(String),
			differences: [{ field: "Line", before: "2 × TEE", after: "1 × WRONG" }],
			can: { undoEdit: true },
		});
		// What the cart says later does not replace it.
		change(order, 5);
		await journey.download();
		expect(await firstLine(order)).toMatchObject({ sku: "TEE", quantity: 2 });
		await journey.deliver();
		expect(quantities(order)).toEqual([2]);
		expect((await read(order)).journey).toContainEqual(
			expect.objectContaining({ title: "Corrected by hand", notes: [{ label: "Line", text: "1 × WRONG → 2 × TEE" }] }),
		);
		const audits = await journey.tenant.sql(`select "after" from "AuditEntry" where "action" = 'order.edited'`);
		expect(audits).toEqual([{ after: { changed: "Line" } }]);
	});

	it("is taken back to what the cart says now", async () => {
		const order = await loaded();
		const { id } = await firstLine(order);
		await edit(order, { lines: [{ id, sku: "MUG", quantity: 1 }] });
		change(order, 7);
		await journey.download();
		expect((await press("undo-edit", order)).status).toBe(200);
		expect(await read(order)).toMatchObject({ editedAt: null, differences: [], lines: [{ sku: "TEE", quantity: 7 }] });
		expect(await press("undo-edit", order)).toMatchObject(conflict(/was not corrected/));
		await journey.deliver();
		expect(quantities(order)).toEqual([7]);
	});

	it("names the fields that cannot be used, and is refused once the order has gone or changed", async () => {
		const order = await loaded();
		const { shipTo, lines } = await read(order);
		const bad = await edit(order, {
			shipTo: { ...shipTo, country: "XX", line1: "" },
			lines: [{ id: lines[0].id, sku: " ", quantity: 0 }],
		});
		expect(bad).toMatchObject({ status: 422 });
		expect(Object.keys(bad.body.fields).sort()).toEqual([
			"lines.0.quantity",
			"lines.0.sku",
			"shipTo.country",
			"shipTo.line1",
		]);
		expect(await edit(order, {})).toMatchObject(conflict(/Nothing was changed/));
		expect(await edit(order, { sourceChangedAt: new Date(0).toISOString() })).toMatchObject(conflict(/meanwhile/));
		await journey.deliver();
		expect(await edit(order, { note: "late" })).toMatchObject(conflict(/has gone on/));
	});
});

describe("marked as delivered by hand", () => {
	it("an order is never sent, and its shipment is found by the number", async () => {
		const order = journey.place([{ sku: "TEE", quantity: 1 }]);
		await journey.download();
		expect((await press("mark-delivered", order, { number: "PAPER-7", reason: "Sent by mail" })).status).toBe(200);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(0);
		expect(await press("resend", order)).toMatchObject(conflict(/At WMS/));
		expect(await read(order)).toMatchObject({ status: "at_wms", deliveries: [{ number: "PAPER-7", byHand: true }] });

		const typed = await typeIn("PAPER-7");
		journey.warehouse.store.ship(typed);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		expect(await read(order)).toMatchObject({ status: "shipped", can: { undoMark: false } });
		expect(await press("undo-mark-delivered", order)).toMatchObject(conflict(/has gone on/));
	});

	it("an order goes back to what it was, and is sent after all", async () => {
		const order = await loaded();
		await press("mark-delivered", order, { reason: "By phone" });
		expect((await press("undo-mark-delivered", order)).status).toBe(200);
		expect(await press("undo-mark-delivered", order)).toMatchObject(conflict(/was not delivered/));
		await journey.deliver();
		expect(journey.created(order.code)).toBe(1);
		expect(await press("undo-mark-delivered", order)).toMatchObject(conflict(/was not marked by hand/));
	});

	it("two orders cannot have one number", async () => {
		const [one, two] = [await loaded(), await loaded()];
		await press("mark-delivered", one, { number: "N-1", reason: "By phone" });
		expect(await press("mark-delivered", two, { number: "N-1", reason: "By phone" })).toMatchObject({
			status: 422,
			body: { fields: { number: expect.stringContaining("Type another") } },
		});
	});
});

/** Somebody at the warehouse types an order in by themselves. */
async function typeIn(referenceNum: string): Promise<number> {
	const { store } = journey.warehouse;
	const other = await loaded();
	await journey.deliver();
	const like = journey.atWarehouse(other.code);
	const orderId = store.nextId();
	const items = like.items.map((item) => ({ ...item, externalId: null }));
	store.add({
		...structuredClone(like),
		items,
		referenceNum,
		readOnly: { ...structuredClone(like.readOnly), orderId },
	});
	return orderId;
}
