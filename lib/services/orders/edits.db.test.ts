import { beforeEach, describe, expect, it } from "vitest";
import { root } from "@/lib/db/root";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { runFlow } from "@/lib/testing/tenant";
import { after, minuteMs } from "@/lib/time";

testDatabase();
const journey = testJourney();
let staff: TestPerson;
let client: TestPerson;
beforeEach(async () => {
	const { accountId, merchantId } = journey.tenant;
	staff = await createTestPerson({ accountId, role: "operator" });
	client = await createTestPerson({ accountId, role: "operator", merchantId });
});

type Placed = ReturnType<typeof journey.place>;
async function press(verb: string, { code }: Placed, body: object = {}, who = staff) {
	const orderId = await journey.orderIdOf(code);
	return who.call("POST", `/accounts/${journey.tenant.accountId}/orders/${orderId}/${verb}`, body);
}
async function read({ code }: Placed, who = staff) {
	const orderId = await journey.orderIdOf(code);
	return (await who.call("GET", `/accounts/${journey.tenant.accountId}/orders/${orderId}`)).body;
}
async function loaded(): Promise<Placed> {
	const order = journey.place([{ sku: "TEE", quantity: 1 }]);
	await journey.download();
	return order;
}
function change(order: Placed, quantity: number): void {
	const [line] = order.lines;
	if (line) Object.assign(line, { quantity, ordered: quantity });
	journey.shop.store.touch(order);
}
const quantities = ({ code }: Placed) => journey.atWarehouse(code).items.map((item) => item.qty);
const conflict = (problem: RegExp) => ({ status: 409, body: { detail: expect.stringMatching(problem) } });
const alerts = () =>
	journey.tenant.sql(
		`select "sentence" from "Alert" where "cause" like 'changed-after-delivery:%' and "resolvedAt" is null`,
	);
const at = (minutes: number) => ({ now: () => after(new Date(), minutes * minuteMs) });
const deliverAt = (minutes: number) => runFlow(journey.tenant, journey.wms, "orders/deliver", at(minutes));

describe("the hold window", () => {
	const openWindow = () =>
		journey.tenant.sql(`update "Connection" set "options" = '{"holdMinutes": 30}' where "id" = $1`, [journey.cart.id]);

	it("lets an edit at minute 5 replace the order, and only the new quantity is delivered at minute 30", async () => {
		await openWindow();
		const order = await loaded();
		await deliverAt(0);
		expect(journey.created(order.code)).toBe(0);
		change(order, 3);
		await runFlow(journey.tenant, journey.cart, "orders/download", at(5));
		expect((await deliverAt(29)).againAt).toBeInstanceOf(Date);
		expect(journey.created(order.code)).toBe(0);
		await deliverAt(31);
		expect(journey.created(order.code)).toBe(1);
		expect(quantities(order)).toEqual([3]);
		expect((await read(order)).journey).toContainEqual(
			expect.objectContaining({
				title: "Changed in the cart, and replaced here",
				notes: [{ label: "Quantity of TEE", text: "1 → 3" }],
			}),
		);
	});

	it("is shown with its end, survives hold and release, and ends with Send now", async () => {
		await openWindow();
		const order = await loaded();
		expect((await read(order)).journey.at(-1)).toMatchObject({
			title: "Waits for changes in the cart",
			nextTryWords: "Goes out",
			nextTryAt: expect.any(String),
		});
		await press("hold", order);
		await press("release", order);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(0);
		expect((await press("resend", order)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(1);
	});
});

describe("a hold of the client", () => {
	it("is seen by the staff, who cannot release it, and ends with the client's release", async () => {
		const order = await loaded();
		expect((await press("hold", order, { reason: "Out of season" }, client)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(0);
		expect(await read(order)).toMatchObject({
			held: true,
			heldBy: ["client"],
			can: { release: false },
			releaseRefusal: expect.stringMatching(/Only the client may release it/),
		});
		expect(await press("release", order)).toMatchObject(conflict(/held by the client/));
		expect(await press("mark-delivered", order, { reason: "by phone" })).toMatchObject(conflict(/is held/));
		expect((await press("release", order, {}, client)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(1);
	});

	it("and one of the staff are released each by its own side, in either order", async () => {
		const order = await loaded();
		await press("hold", order);
		expect(await press("release", order, {}, client)).toMatchObject(conflict(/held by the warehouse's staff/));
		expect((await press("hold", order, {}, client)).status).toBe(200);
		expect((await press("release", order)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(0);
		expect((await press("release", order, {}, client)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(1);
	});

	it("is that of everybody in a brand's own account", async () => {
		await root().account.updateMany({ where: { id: journey.tenant.accountId }, data: { kind: "merchant" } });
		const order = await loaded();
		await press("hold", order);
		expect(await read(order)).toMatchObject({ heldBy: ["client"], can: { release: true } });
		expect((await press("release", order)).status).toBe(200);
	});
});

describe("a change after delivery", () => {
	it("is pushed to a warehouse that takes it, with the same lines", async () => {
		const order = await loaded();
		await journey.deliver();
		change(order, 4);
		await journey.download();
		expect(await read(order)).toMatchObject({
			changeState: "wanted",
			differences: [{ field: "Quantity of TEE", before: "1", after: "4" }],
		});
		await journey.deliver();
		expect(quantities(order)).toEqual([4]);
		expect(journey.created(order.code)).toBe(1);
		expect(await read(order)).toMatchObject({ changeState: null, differences: [], lines: [{ quantity: 4 }] });
		expect(await alerts()).toEqual([]);
		journey.warehouse.store.ship(journey.atWarehouse(order.code).readOnly.orderId);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		expect(await read(order)).toMatchObject({ status: "shipped", lines: [{ quantity: 4, shippedQuantity: 4 }] });
	});

	it("is said again when the answer is lost, and exists once", async () => {
		const order = await loaded();
		await journey.deliver();
		change(order, 2);
		await journey.download();
		const isPut = ({ method }: { method: string }) => method === "PUT";
		const times = Number.POSITIVE_INFINITY;
		journey.warehouse.faults.add({ match: isPut, fault: { kind: "status", when: "before", status: 503 }, times });
		expect((await journey.deliver()).againAt).toBeInstanceOf(Date);
		expect(await read(order)).toMatchObject({ changeState: "wanted" });
		journey.warehouse.faults.clear();
		journey.warehouse.faults.add({ match: isPut, fault: { kind: "reset", when: "after" } });
		await journey.deliver();
		await journey.deliver();
		expect(quantities(order)).toEqual([2]);
		expect(await read(order)).toMatchObject({ changeState: null, lines: [{ quantity: 2 }] });
	});

	it("raises one alert when the warehouse has packed it, until a person has dealt with it", async () => {
		const order = await loaded();
		await journey.deliver();
		journey.warehouse.store.pack(journey.atWarehouse(order.code).readOnly.orderId);
		for (const quantity of [2, 3]) {
			change(order, quantity);
			await journey.download();
			await journey.deliver();
		}
		expect(quantities(order)).toEqual([1]);
		expect(await alerts()).toEqual([{ sentence: expect.stringMatching(/Quantity of TEE.*it is packed already/) }]);
		expect(await read(order)).toMatchObject({ changeState: "open", can: { dealWithChange: true } });
		expect((await press("deal-with-change", order)).status).toBe(200);
		expect(await press("deal-with-change", order)).toMatchObject(conflict(/No change/));
		expect((await read(order)).differences).toHaveLength(1);
	});

	it("that is taken back in the cart leaves nothing behind", async () => {
		const order = await loaded();
		await journey.deliver();
		change(order, 2);
		await journey.download();
		change(order, 1);
		await journey.download();
		expect(await read(order)).toMatchObject({ changeState: null, differences: [] });
	});
});

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
