import { describe, expect, it } from "vitest";
import { root } from "@/lib/db/root";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { orderDesk } from "@/lib/testing/order-desk";
import { runFlow } from "@/lib/testing/tenant";
import { after, minuteMs } from "@/lib/time";

testDatabase();
const journey = testJourney();
const desk = orderDesk(journey);
const { press, read, loaded, change, quantities } = desk;

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
		expect((await press("hold", order, { reason: "Out of season" }, desk.client)).status).toBe(200);
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
		expect((await press("release", order, {}, desk.client)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(1);
	});

	it("and one of the staff are released each by its own side, in either order", async () => {
		const order = await loaded();
		await press("hold", order);
		expect(await press("release", order, {}, desk.client)).toMatchObject(conflict(/held by the warehouse's staff/));
		expect((await press("hold", order, {}, desk.client)).status).toBe(200);
		expect((await press("release", order)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(order.code)).toBe(0);
		expect((await press("release", order, {}, desk.client)).status).toBe(200);
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
