import pg from "pg";
import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { waitingJobs } from "@/lib/testing/queue";

const database = testDatabase();
const journey = testJourney();
let person: TestPerson;
beforeEach(async () => {
	person = await createTestPerson({ accountId: journey.tenant.accountId, role: "operator" });
});

async function press(verb: string, number: string, body: object = {}) {
	const orderId = await journey.orderIdOf(number);
	return person.call("POST", `/accounts/${journey.tenant.accountId}/orders/${orderId}/${verb}`, body);
}
async function read(number: string) {
	const orderId = await journey.orderIdOf(number);
	return (await person.call("GET", `/accounts/${journey.tenant.accountId}/orders/${orderId}`)).body;
}
const conflict = (problem: RegExp) => ({
	status: 409,
	body: { code: "conflict", detail: expect.stringMatching(problem) },
});
const events = (kind: string) => journey.tenant.sql(`select "actorId" from "OrderEvent" where "kind" = $1`, [kind]);
const audits = (action: string) =>
	journey.tenant.sql(`select "actorId", "after" from "AuditEntry" where "action" = $1`, [action]);

async function loaded() {
	const { code } = journey.place();
	await journey.download();
	return code;
}

describe("hold and release", () => {
	it("keep an order here with a reason, and let it go on", async () => {
		const number = await loaded();
		expect(await press("hold", number, { reason: "Call the shopper" })).toMatchObject({ status: 200 });
		await journey.deliver();
		expect(journey.created(number)).toBe(0);
		expect(await read(number)).toMatchObject({
			held: true,
			heldReason: "Call the shopper",
			can: { hold: false, release: true, resend: false },
			journey: expect.arrayContaining([
				expect.objectContaining({
					title: "Held",
					detail: "Call the shopper",
					who: expect.stringContaining("@people.test"),
				}),
			]),
		});
		expect(await press("release", number)).toMatchObject({ status: 200 });
		expect(await waitingJobs(database.url())).toContain(`orders/deliver:${journey.wms.flows["orders/deliver"]}`);
		await journey.deliver();
		expect(journey.created(number)).toBe(1);
		expect(await audits("order.held")).toEqual([{ actorId: person.userId, after: { reason: "Call the shopper" } }]);
		expect(await audits("order.released")).toHaveLength(1);
		expect([await events("held"), await events("released")]).toEqual([
			[{ actorId: person.userId }],
			[{ actorId: person.userId }],
		]);
	});

	it("are harmless when pressed twice, and say so when there is nothing to do", async () => {
		const number = await loaded();
		expect((await press("hold", number, { reason: "one" })).status).toBe(200);
		expect((await press("hold", number, { reason: "two" })).status).toBe(200);
		const [first, second] = await Promise.all([press("release", number), press("release", number)]);
		expect([first.status, second.status].sort()).toEqual([200, 409]);
		expect(await press("release", number)).toMatchObject(conflict(/is not held/));
		await journey.deliver();
		await journey.deliver();
		expect(journey.created(number)).toBe(1);
	});

	it.each(["sending", "unknown", "accepted"])("are refused while the delivery is %s", async (state) => {
		const number = await loaded();
		await journey.deliver();
		await journey.tenant.sql(`update "Delivery" set "state" = $1`, [state]);
		await journey.tenant.sql(`update "Order" set "status" = 'new'`);
		expect(await press("hold", number)).toMatchObject(conflict(/may be at the warehouse already/));
		expect(await press("cancel-sending", number)).toMatchObject(conflict(/may be at the warehouse already/));
		expect((await read(number)).can).toMatchObject({ hold: false, cancelSending: false });
		expect(await events("held")).toEqual([]);
	});

	it("are refused to an order that has gone on", async () => {
		const number = await loaded();
		await journey.deliver();
		for (const verb of ["hold", "release", "resend", "cancel-sending", "enable-sending"])
			expect(await press(verb, number)).toMatchObject(conflict(/has gone on: it is At WMS/));
	});

	it("do not overtake a delivery that takes the order in the same moment", async () => {
		const number = await loaded();
		const orderId = await journey.orderIdOf(number);
		await journey.deliver();
		await journey.tenant.sql(`update "Order" set "status" = 'new'`);
		await journey.tenant.sql(`update "Delivery" set "state" = 'intended'`);
		const taker = new pg.Client({ connectionString: database.url() });
		await taker.connect();
		try {
			await taker.query("begin");
			await taker.query(`select 1 from "Order" where "id" = $1 for update`, [orderId]);
			const held = press("hold", number);
			await expect
				.poll(async () => (await taker.query(`select 1 from pg_locks where not granted`)).rowCount)
				.toBeGreaterThan(0);
			await taker.query(`update "Delivery" set "state" = 'sending' where "orderId" = $1`, [orderId]);
			await taker.query(`update "Order" set "dueAt" = null where "id" = $1`, [orderId]);
			await taker.query("commit");
			expect(await held).toMatchObject(conflict(/may be at the warehouse already/));
		} finally {
			await taker.end();
		}
	});
});

describe("cancel sending and enable sending", () => {
	it("keep an order from the warehouse for good, until it is wanted after all", async () => {
		const number = await loaded();
		expect((await press("cancel-sending", number)).status).toBe(200);
		expect((await press("cancel-sending", number)).status).toBe(200);
		await journey.deliver();
		expect(journey.created(number)).toBe(0);
		expect(await read(number)).toMatchObject({ sendingCanceled: true, can: { enableSending: true, resend: false } });
		expect(await press("resend", number)).toMatchObject(conflict(/Sending of order .* is canceled. Enable it first/));
		expect((await press("enable-sending", number)).status).toBe(200);
		expect(await press("enable-sending", number)).toMatchObject(conflict(/is not canceled/));
		await journey.deliver();
		expect(journey.created(number)).toBe(1);
		expect(
			[await audits("order.sending-canceled"), await audits("order.sending-enabled")].map((rows) => rows.length),
		).toEqual([2, 1]);
		expect(await events("sending-enabled")).toEqual([{ actorId: person.userId }]);
	});

	it("together with a hold need both to be taken back, in either order", async () => {
		const [one, two] = [await loaded(), await loaded()];
		for (const number of [one, two]) {
			await press("hold", number);
			await press("cancel-sending", number);
		}
		await press("release", one);
		await press("enable-sending", two);
		await journey.deliver();
		expect([journey.created(one), journey.created(two)]).toEqual([0, 0]);
		await press("enable-sending", one);
		await press("release", two);
		await journey.deliver();
		expect([journey.created(one), journey.created(two)]).toEqual([1, 1]);
	});
});
