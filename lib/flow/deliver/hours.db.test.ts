import { expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson } from "@/lib/testing/people";
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
const set = (options: object) =>
	journey.tenant.sql(`update "Connection" set "options" = "options" || $2::jsonb where "id" = $1`, [
		journey.wms.id,
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
