import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { orderDesk } from "@/lib/testing/order-desk";
import { createTestPerson } from "@/lib/testing/people";
import { waitingJobs } from "@/lib/testing/queue";
import { runBulk } from "../bulk/run-bulk";

const database = testDatabase();
const journey = testJourney();
const desk = orderDesk(journey);
const { press, read } = desk;
type Placed = ReturnType<typeof journey.place>;

const conflict = (problem: RegExp) => ({ status: 409, body: { detail: expect.stringMatching(problem) } });
const boston = { city: "Boston", province: "Massachusetts", postalCode: "2134", countryCode: "US" };

const setOptions = (options: object) =>
	journey.tenant.sql(`update "Connection" set "options" = $2 where "id" = $1`, [
		journey.wms.id,
		JSON.stringify(options),
	]);
beforeEach(() => setOptions({ postalCodePolicy: "block", regionPolicy: "warn" }));

async function stopped(address: Record<string, string> = boston): Promise<Placed> {
	const order = journey.shop.store.place({ lines: [{ sku: "TEE", quantity: 1 }], address });
	await journey.download();
	await journey.deliver();
	expect(await journey.statusOf(order.code)).toBe("error");
	return order;
}
/** People of tests are named by their mail address, which holds their id. */
const byStaff = () => expect.stringContaining(desk.staff.userId);
const zipSent = (order: Placed) => {
	const { zip, state } = journey.atWarehouse(order.code).shipTo;
	return [zip, state];
};
const audits = (action: string) => journey.tenant.sql(`select "after" from "AuditEntry" where "action" = $1`, [action]);

describe("an address that stops an order", () => {
	it("has a proposal, which goes out when it is accepted, with what the cart said beside it", async () => {
		const order = await stopped();
		const { addressCheck, can, shipTo } = await read(order);
		expect(addressCheck).toMatchObject({
			state: "stops",
			problems: ["the postal code is not one of US."],
			proposed: { ...shipTo, postalCode: "02134", region: "MA" },
			changes: [
				{ field: "region", before: "Massachusetts", after: "MA", why: "The code of Massachusetts", certain: true },
				{ field: "postalCode", before: "2134", after: "02134", why: "The zero in front was lost", certain: true },
			],
			kept: null,
		});
		expect(can).toMatchObject({ acceptAddress: true, keepAddress: true, undoKeepAddress: false });
		const seen = addressCheck.changes.map(({ field, after }: { field: string; after: string }) => ({ field, after }));
		expect((await press("accept-address", order, { seen })).status).toBe(200);
		expect((await waitingJobs(database.url())).some((key) => key.startsWith("orders/deliver:"))).toBe(true);
		expect(await read(order)).toMatchObject({ status: "new", addressCheck: null, editedBy: byStaff() });
		await journey.deliver();
		expect(zipSent(order)).toEqual(["02134", "MA"]);
		expect(await read(order)).toMatchObject({
			status: "at_wms",
			differences: [
				{ field: "Region", before: "MA", after: "Massachusetts" },
				{ field: "Postal code", before: "02134", after: "2134" },
			],
		});
		expect(await audits("order.address-accepted")).toEqual([{ after: { changed: "Region, Postal code" } }]);
		expect(await press("undo-edit", order)).toMatchObject(conflict(/has gone on/));
	});

	it("is not replaced by another proposal than the one that was seen, and the acceptance is undone", async () => {
		const order = await stopped();
		expect(await press("accept-address", order, { seen: [{ field: "postalCode", after: "02135" }] })).toMatchObject(
			conflict(/changed meanwhile/),
		);
		expect((await press("accept-address", order)).status).toBe(200);
		expect(await press("accept-address", order)).toMatchObject(conflict(/no proposal/));
		expect((await press("undo-edit", order)).status).toBe(200);
		await journey.deliver();
		expect(await read(order)).toMatchObject({ status: "error", differences: [], addressCheck: { state: "stops" } });
	});

	it("goes as it is when a person says so, until it is another address", async () => {
		const order = await stopped();
		expect((await press("keep-address", order)).status).toBe(200);
		expect(await press("keep-address", order)).toMatchObject(conflict(/already/));
		expect(await read(order)).toMatchObject({
			addressCheck: { state: "kept", kept: { by: byStaff() } },
			can: { acceptAddress: false, keepAddress: false, undoKeepAddress: true },
		});
		Object.assign(order.address, { postalCode: "2135" });
		journey.shop.store.touch(order);
		await journey.download();
		await journey.deliver();
		expect(await read(order)).toMatchObject({ status: "error", addressCheck: { state: "stops", kept: null } });
		await press("keep-address", order);
		// Another change of the cart leaves the address as it was kept.
		desk.change(order, 3);
		await journey.download();
		await journey.deliver();
		expect(zipSent(order)).toEqual(["2135", "Massachusetts"]);
		expect((await read(order)).journey).toContainEqual(
			expect.objectContaining({ title: expect.stringMatching(/sent as it is/), who: byStaff() }),
		);
		expect(await audits("order.address-kept")).toHaveLength(2);
	});

	it("is checked again when keeping it is taken back", async () => {
		const order = await stopped();
		expect(await press("undo-keep-address", order)).toMatchObject(conflict(/Nobody kept/));
		await press("keep-address", order);
		expect((await press("undo-keep-address", order)).status).toBe(200);
		await journey.deliver();
		expect(await read(order)).toMatchObject({ status: "error", addressCheck: { state: "stops" } });
	});

	it("cannot be kept where the warehouse insists on what is missing, nor where nothing stops it", async () => {
		await setOptions({ requiredFields: ["region"] });
		const order = await stopped({ ...boston, province: "", postalCode: "02134" });
		expect(await press("keep-address", order)).toMatchObject(conflict(/no state or region/));
		expect(await read(order)).toMatchObject({ can: { keepAddress: false, acceptAddress: true } });
		const fine = await desk.loaded();
		expect(await read(fine)).toMatchObject({ addressCheck: null, can: { keepAddress: false, acceptAddress: false } });
		expect(await press("keep-address", fine)).toMatchObject(conflict(/Nothing stops/));
	});

	it("is accepted for all that wait on its alert, which says that there is something to accept", async () => {
		const orders = [await stopped(), await stopped()];
		const alerts = `/accounts/${journey.tenant.accountId}/alerts`;
		const { items } = (await desk.staff.call("GET", alerts)).body;
		const open = async () => (await desk.staff.call("GET", `${alerts}/${items[0].id}`)).body;
		expect([items.length, await open()]).toMatchObject([1, { waiting: 2, proposes: true, retry: "resend" }]);
		const waiting = (await desk.staff.call("GET", `${alerts}/${items[0].id}/orders`)).body.items;
		const orderIds = waiting.map(({ id }: { id: string }) => id);
		const started = await desk.staff.call("POST", `/accounts/${journey.tenant.accountId}/bulk-operations`, {
			...{ verb: "accept-address", orderIds },
		});
		const scope = { accountId: journey.tenant.accountId, id: started.body.id };
		await runBulk(scope, { signal: new AbortController().signal });
		await journey.deliver();
		expect(orders.map(zipSent)).toEqual([
			["02134", "MA"],
			["02134", "MA"],
		]);
		expect(await open()).toMatchObject({ waiting: 0, proposes: false });
	});

	it("that a person kept is nothing to accept on the alert's page", async () => {
		await stopped();
		const alerts = `/accounts/${journey.tenant.accountId}/alerts`;
		const { items } = (await desk.staff.call("GET", alerts)).body;
		await journey.tenant.sql(`update "Order" set "addressKeptAt" = now(), "addressKeptBy" = 'Ann'`);
		expect((await desk.staff.call("GET", `${alerts}/${items[0].id}`)).body).toMatchObject({
			waiting: 1,
			proposes: false,
		});
	});

	it("is told to nobody by its alert", async () => {
		await stopped({ ...boston, postalCode: "SECRET-77" });
		const told = JSON.stringify([
			await journey.tenant.sql(`select "sentence" from "Alert"`),
			await journey.tenant.sql(`select "reason" from "RunRecord"`),
		]);
		expect(told).toContain("the postal code is not one of US.");
		expect(told).not.toContain("SECRET-77");
	});

	it("is decided on by those who may write", async () => {
		const order = await stopped();
		const viewer = await createTestPerson({ accountId: journey.tenant.accountId, role: "viewer" });
		for (const verb of ["accept-address", "keep-address", "undo-keep-address"])
			expect((await press(verb, order, {}, viewer)).status).toBe(403);
	});
});

describe("an address that is only warned of", () => {
	it("goes out, and may be decided on while it waits", async () => {
		await setOptions({ regionPolicy: "warn" });
		const order = journey.shop.store.place({
			lines: [{ sku: "TEE", quantity: 1 }],
			address: { ...boston, province: "Texas", postalCode: "02134" },
		});
		await journey.download();
		expect(await read(order)).toMatchObject({
			addressCheck: { state: "warns", changes: [{ field: "region", after: "MA", certain: false }] },
		});
		await journey.deliver();
		expect(await read(order)).toMatchObject({ status: "at_wms", addressCheck: null });
	});
});

describe("many addresses", () => {
	const ask = (path: string, body?: object) =>
		desk.staff.call(body ? "POST" : "GET", `/accounts/${journey.tenant.accountId}/bulk-operations${path}`, body);
	const run = (id: string) =>
		runBulk({ accountId: journey.tenant.accountId, id }, { signal: new AbortController().signal });

	it("are accepted with a preview, and exactly those are taken back", async () => {
		const orders = [await stopped(), await stopped()];
		const [none, kept] = [await stopped({ ...boston, postalCode: "ABCDE", province: "MA" }), await stopped()];
		await press("keep-address", kept);
		const choice = { verb: "accept-address", filter: {} };
		expect((await ask("/preview", choice)).body).toMatchObject({
			undoable: true,
			groups: [
				{ changes: true, words: "will take the proposed address, and be sent with it", count: 2 },
				{ changes: false, words: "has no proposal for its address.", count: 1 },
				{ changes: false, words: "kept with its address as it is.", count: 1 },
			],
		});
		const { body: started } = await ask("", choice);
		await run(started.id);
		expect((await ask(`/${started.id}`)).body).toMatchObject({ state: "done", changed: 2, problems: { length: 2 } });
		for (const order of orders) expect(await read(order)).toMatchObject({ shipTo: { postalCode: "02134" } });
		const undo = (await ask(`/${started.id}/undo`, {})).body;
		await run(undo.id);
		expect((await ask(`/${undo.id}`)).body).toMatchObject({ changed: 2, problems: [] });
		await journey.deliver();
		for (const order of [...orders, none]) expect(await journey.statusOf(order.code)).toBe("error");
		expect(zipSent(kept)).toEqual(["2134", "Massachusetts"]);
	});
});
