import { beforeEach, describe, expect, it } from "vitest";
import { type Connected, connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson } from "@/lib/testing/people";
import { runFlow } from "@/lib/testing/tenant";
import { dayIn, daysLater } from "@/lib/time";

testDatabase();
const journey = testJourney();

/** Closed today and tomorrow, open on the day after. */
const closed = () => {
	const today = dayIn(new Date(), "UTC");
	const days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
	return {
		...{ workTimeZone: "UTC", workingDays: days, opensAt: "08:00", cutOffAt: "16:00" },
		holidays: [today, daysLater(today, 1)].join(", "),
		opening: `${daysLater(today, 2)}T08:00:00.000Z`,
	};
};
const set = (options: object, id = journey.wms.id) =>
	journey.tenant.sql(`update "Connection" set "options" = "options" || $2::jsonb where "id" = $1`, [
		id,
		JSON.stringify(options),
	]);

it("an order that is ready after the cut-off waits for the opening, says so, and goes at once when a person sends it now", async () => {
	const { opening, ...hours } = closed();
	await set({ ...hours, deliverInHours: true });
	const { code: number } = journey.place();
	await journey.download();
	await journey.deliver();
	expect([await journey.statusOf(number), journey.created(number)]).toEqual(["new", 0]);
	const owner = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
	const path = `/accounts/${journey.tenant.accountId}/orders/${await journey.orderIdOf(number)}`;
	const { body: waiting } = await owner.call("GET", path);
	expect(waiting).toMatchObject({ waitsUntil: opening, problem: null });
	expect(JSON.stringify(waiting.journey)).toContain("Waits for the warehouse to open");
	expect((await owner.call("POST", `${path}/resend`, {})).status).toBe(200);
	await journey.deliver();
	expect(await journey.statusOf(number)).toBe("at_wms");
	expect((await owner.call("GET", path)).body.deliveries).toMatchObject([{ worksOn: opening }]);
});

it("without that setting it goes at once, and only says when it will be worked on", async () => {
	const { opening, ...hours } = closed();
	await set(hours);
	const { code: number } = journey.place();
	await journey.download();
	await journey.deliver();
	const owner = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
	const path = `/accounts/${journey.tenant.accountId}/orders/${await journey.orderIdOf(number)}`;
	expect((await owner.call("GET", path)).body).toMatchObject({ status: "at_wms", deliveries: [{ worksOn: opening }] });
});

describe("of two warehouses, each with hours of its own", () => {
	let second: Connected;
	const deliverSecond = () => runFlow(journey.tenant, second, "orders/deliver");
	beforeEach(async () => {
		second = await connectWarehouse(journey.tenant, journey.warehouse, "Second");
		const { opening: _, ...hours } = closed();
		await set({ ...hours, deliverInHours: true });
	});
	const place = async () => {
		const { code } = journey.place();
		await journey.download();
		return code;
	};
	const takenBy = async (number: string) => {
		const rows = await journey.tenant.sql<{ connectionId: string }>(
			`select d."connectionId" from "Delivery" d join "Order" o on o."id" = d."orderId" where o."number" = $1`,
			[number],
		);
		return rows.map(({ connectionId }) => connectionId);
	};
	const waitOf = async (number: string) => {
		const [row] = await journey.tenant.sql<{ waitsUntil: Date | null; dueAt: Date | null }>(
			`select "waitsUntil", "dueAt" from "Order" where "number" = $1`,
			[number],
		);
		return row;
	};

	it("the one that is closed leaves an order of no route to the one that is open, and comes back when it opens", async () => {
		const number = await place();
		const run = await journey.deliver();
		expect([await takenBy(number), (await waitOf(number))?.waitsUntil]).toEqual([[], null]);
		expect(run.againAt?.toISOString()).toBe(closed().opening);
		await deliverSecond();
		expect([await journey.statusOf(number), await takenBy(number)]).toEqual(["at_wms", [second.id]]);
	});

	it("both closed, it waits for the first that opens, which then takes it", async () => {
		const { opening, holidays: _, ...hours } = closed();
		const holidays = [0, 1, 2].map((days) => daysLater(dayIn(new Date(), "UTC"), days)).join(", ");
		await set({ ...hours, holidays, deliverInHours: true });
		await set({ ...hours, holidays: holidays.slice(0, 22), deliverInHours: true }, second.id);
		const number = await place();
		await journey.deliver();
		expect((await waitOf(number))?.waitsUntil?.toISOString()).toBe(opening);
		const now = () => new Date(opening);
		await runFlow(journey.tenant, journey.wms, "orders/deliver", { now });
		expect(await takenBy(number), "the first is still closed").toEqual([]);
		await runFlow(journey.tenant, second, "orders/deliver", { now });
		expect(await takenBy(number)).toEqual([second.id]);
	});

	it("one that sends nothing is not waited for, and what a person sends now any of them takes", async () => {
		await journey.tenant.sql(`update "Flow" set "pausedAt" = now() where "connectionId" = $1`, [second.id]);
		const [number, hurried] = [await place(), await place()];
		await journey.tenant.sql(`update "Order" set "hurriedAt" = now() where "number" = $1`, [hurried]);
		await journey.deliver();
		expect((await waitOf(number))?.waitsUntil?.toISOString()).toBe(closed().opening);
		expect([await takenBy(number), await takenBy(hurried)]).toEqual([[], [journey.wms.id]]);
	});

	it("an order that is routed to one waits for that one, whatever the other does", async () => {
		const number = await place();
		await journey.tenant.sql(`update "Order" set "routedTo" = $2 where "number" = $1`, [number, journey.wms.id]);
		await deliverSecond();
		await journey.deliver();
		expect([await takenBy(number), (await waitOf(number))?.waitsUntil?.toISOString()]).toEqual([[], closed().opening]);
	});
});
