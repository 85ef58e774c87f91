import { expect, it } from "vitest";
import { performRun } from "@/lib/flow/run/perform-run";
import { probeNow } from "@/lib/services/connections/probe-now";
import { readConnection } from "@/lib/services/connections/read-connection";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { waitingJobs } from "@/lib/testing/queue";
import { runFlow } from "@/lib/testing/tenant";
import { after, minuteMs } from "@/lib/time";

const database = testDatabase({ RETRY_SCALE: "1" });
const journey = testJourney();

/** A little later than everything that was loaded before. */
let start = new Date();
const at = (minutes: number) => () => after(start, minutes * minuteMs);
const deliver = (minutes: number) => runFlow(journey.tenant, journey.wms, "orders/deliver", { now: at(minutes) });
const goOut = () => {
	start = after(new Date(), 1_000);
	journey.warehouse.faults.add({
		match: () => true,
		fault: { kind: "status", when: "before", status: 503 },
		times: Number.POSITIVE_INFINITY,
	});
};
const connection = () => readConnection(journey.tenant.scope, journey.wms.id);
const alerts = () =>
	journey.tenant.sql<{ code: string; open: boolean; count: number }>(
		`select "code", "resolvedAt" is null as "open", "count" from "Alert" order by "id"`,
	);
const attempts = () =>
	journey.tenant.sql<{ n: number }>(`select coalesce(sum("attempts"), 0)::int as "n" from "Delivery"`);

it("an outage of an hour costs no order a try, is told once, and ends by itself with every order delivered once", async () => {
	const early = Array.from({ length: 8 }, () => journey.place());
	await journey.download();
	goOut();
	const first = await deliver(0);
	expect(first).toMatchObject({
		state: "waiting",
		message: expect.stringMatching(/^Waiting for .+ since \d\d:\d\d UTC$/),
	});
	expect(await connection()).toMatchObject({ state: "waiting", outageSince: at(0)(), probeAt: at(1)() });
	const used = await attempts();
	const late = Array.from({ length: 4 }, () => journey.place());
	await journey.download();
	const asked = journey.warehouse.calls();
	expect((await deliver(0.5)).how).toBe("waiting");
	expect(journey.warehouse.calls()).toBe(asked);
	for (let minute = 1; minute <= 60; minute++) await deliver(minute);
	expect(await attempts()).toEqual(used);
	expect(journey.warehouse.calls() - asked).toBeLessThan(60);
	expect(await alerts()).toEqual([{ code: "partner-unreachable", open: true, count: 1 }]);

	journey.warehouse.faults.clear();
	for (let minute = 61; minute <= 67; minute++) await deliver(minute);
	expect([...early, ...late].map((order) => journey.created(order.code))).toEqual(Array(12).fill(1));
	expect(await connection()).toMatchObject({ state: "active", outageSince: null, probeAt: null });
	expect(await alerts()).toEqual([{ code: "partner-unreachable", open: false, count: 1 }]);
});

it("tests itself with one question at a time, whoever asks", async () => {
	for (let i = 0; i < 8; i++) journey.place();
	await journey.download();
	goOut();
	await deliver(0);
	const asked = journey.warehouse.calls();
	const flows = ["orders/deliver", "shipments/fetch", "inventory/fetch"] as const;
	const how = await Promise.all(
		flows.map(async (job) => (await runFlow(journey.tenant, journey.wms, job, { now: at(2) })).how),
	);
	expect(how.sort()).toEqual(["ran", "waiting", "waiting"]);
	// One check is one call, and a read that fails is made three times.
	expect(journey.warehouse.calls() - asked).toBeLessThanOrEqual(3);
});

it("is tested at once when a person asks for it, and lets everything go on that waited", async () => {
	const order = journey.place();
	await journey.download();
	goOut();
	for (let i = 0; i < 5; i++) await deliver(i * 10);
	expect((await connection()).state).toBe("waiting");
	journey.warehouse.faults.clear();
	await probeNow(journey.tenant.scope, journey.wms.id);
	const flowId = journey.wms.flows["shipments/fetch"] ?? "";
	const { accountId, merchantId } = journey.tenant;
	const now = at(41);
	await performRun(
		{ accountId, merchantId, flowId, trigger: "person" },
		{ id: "wrk_test", signal: new AbortController().signal, now },
	);
	expect((await connection()).state).toBe("active");
	expect(await waitingJobs(database.url())).toContain(`orders/deliver:${journey.wms.flows["orders/deliver"]}`);
	await deliver(41);
	expect(journey.created(order.code)).toBe(1);
});

it("stays closed for failures with answers between them", async () => {
	for (let i = 0; i < 30; i++) journey.place();
	await journey.download();
	let calls = 0;
	journey.warehouse.faults.add({
		match: ({ method }) => method === "POST" && calls++ % 3 === 0,
		fault: { kind: "status", when: "before", status: 503 },
		times: Number.POSITIVE_INFINITY,
	});
	start = after(new Date(), 1_000);
	await deliver(0);
	expect(await connection()).toMatchObject({ state: "active", outageSince: null });
});
