import { describe, expect, it, vi } from "vitest";
import { handleHook } from "@/lib/api/serve/handle-hook";
import { systemPool } from "@/lib/db/pools";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { waitingJobs } from "@/lib/testing/queue";
import { createTestTenant } from "@/lib/testing/tenant";
import { dayMs, minuteMs } from "@/lib/time";

const database = testDatabase();
const journey = testJourney();

const post = async (request: Request, connectionId = journey.wms.id) => {
	const response = await handleHook(request, connectionId);
	return { status: response.status, body: await response.json() };
};
const shipped = (at?: Date) => journey.warehouse.event("OrderConfirm", { OrderId: "1" }, at);

/** Functions off by default in tests: the ones an event may wake. */
async function switchOn(): Promise<void> {
	await systemPool().query(`update "Flow" set "mode" = 'every', "everyMinutes" = 60 where "connectionId" = $1`, [
		journey.wms.id,
	]);
}
/** Jobs of this test's own warehouse. */
const waiting = async () =>
	(await waitingJobs(database.url())).filter((key) => Object.values(journey.wms.flows).some((id) => key.endsWith(id)));

describe("an event that the warehouse posts", () => {
	it("makes shipments be read within seconds, once for a flock of events", async () => {
		await switchOn();
		const first = await post(shipped());
		expect(first).toEqual({ status: 202, body: { repeated: false, reads: ["shipments/fetch"] } });
		await post(shipped());
		expect(await waiting()).toEqual([`shipments/fetch:${journey.wms.flows["shipments/fetch"]}`]);
	});

	it("changes nothing when it comes again", async () => {
		const event = shipped();
		expect((await post(event.clone())).body.repeated).toBe(false);
		expect((await post(event.clone())).body).toEqual({ repeated: true, reads: [] });
	});

	it("is refused when it is forged, or was kept for later", async () => {
		const event = shipped();
		const text = await event.clone().text();
		const changed = new Request(event.url, { method: "POST", headers: event.headers, body: text.replace("1", "2") });
		expect((await post(changed)).status).toBe(401);
		expect((await post(new Request(event.url, { method: "POST", body: text }))).status).toBe(401);
		for (const at of [-5 * dayMs, 10 * minuteMs])
			expect((await post(shipped(new Date(Date.now() + at)))).status, String(at)).toBe(401);
	});

	it("wakes nothing that is off, paused, or of a connection that waits for new access details", async () => {
		const off = await post(shipped());
		expect(off.status).toBe(202);
		expect(await waiting()).toEqual([]);
		await switchOn();
		await systemPool().query(`update "Connection" set "state" = 'needs_reconnect' where "id" = $1`, [journey.wms.id]);
		await post(shipped());
		expect(await waiting()).toEqual([]);
	});

	it("goes on working after the warehouse replaced its key, and is to be sent again while it does not tell the new one", async () => {
		expect((await post(shipped())).status).toBe(202);
		journey.warehouse.replaceKey();
		// The key is asked for again at most once a minute, so that forgers cannot make us ask.
		expect((await post(shipped())).status).toBe(401);
		vi.useFakeTimers({ now: Date.now() + 2 * minuteMs, toFake: ["Date"] });
		const match = (call: { path: string }) => call.path === "/events/webhook/key";
		journey.warehouse.faults.add({ match, fault: { kind: "status", status: 400, when: "before" } });
		expect((await post(shipped())).status).toBe(503);
		expect((await post(shipped())).status).toBe(202);
		vi.useRealTimers();
	});
});

describe("the address of events", () => {
	it("looks the same for a connection of another system and for none at all", async () => {
		const unknown = await post(shipped(), "con_01m7yvxs1q4vj5cvwex24s1k");
		const shop = await post(shipped(), journey.cart.id);
		const junk = await post(shipped(), "../etc");
		for (const answer of [unknown, shop, junk])
			expect(answer).toMatchObject({ status: 404, body: { code: "not-found" } });
		expect({ ...shop.body, requestId: "" }).toEqual({ ...unknown.body, requestId: "" });
	});

	it("refuses a body that is too large before anything is asked", async () => {
		const large = new Request("https://hub.example/api/hooks", { method: "POST", body: "x".repeat(300_000) });
		expect((await post(large)).status).toBe(413);
	});

	it("notes events for its own tenant only", async () => {
		await post(shipped());
		const other = await createTestTenant("Other");
		expect(await journey.tenant.sql(`select 1 from "HookEvent"`)).toHaveLength(1);
		expect(await other.sql(`select 1 from "HookEvent"`)).toEqual([]);
	});
});
