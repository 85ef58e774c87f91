import { beforeEach, describe, expect, it } from "vitest";
import { root } from "@/lib/db/root";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { callApi, createTestKey, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { waitingJobs } from "@/lib/testing/queue";
import { runBulk } from "./run-bulk";

const database = testDatabase();
const journey = testJourney();
let person: TestPerson;
beforeEach(async () => {
	person = await createTestPerson({ accountId: journey.tenant.accountId, role: "operator" });
});

const ask = (path: string, body?: object, who = person) =>
	who.call(body ? "POST" : "GET", `/accounts/${journey.tenant.accountId}/bulk-operations${path}`, body);
const run = (id: string, signal = new AbortController().signal) =>
	runBulk({ accountId: journey.tenant.accountId, id }, { signal });

/** So many orders that are new, and three that are at the warehouse. */
async function orders(count: number): Promise<string[]> {
	for (let n = 0; n < 3; n++) journey.place([{ sku: "TEE", quantity: 1 }]);
	await journey.download();
	await journey.deliver();
	for (let n = 0; n < count; n++) journey.place([{ sku: "TEE", quantity: 1 }]);
	await journey.download();
	return (await journey.tenant.sql<{ id: string }>(`select "id" from "Order" order by "id"`)).map(({ id }) => id);
}
const held = async () =>
	(
		await journey.tenant.sql<{ count: number }>(
			`select count(*)::int as "count" from "Order" where "heldAt" is not null`,
		)
	)[0]?.count;

describe("a bulk operation", () => {
	it("says what it will do, does exactly that, and is undone for exactly those it changed", async () => {
		const orderIds = await orders(30);
		await person.call("POST", `/accounts/${journey.tenant.accountId}/orders/${orderIds[5]}/hold`, { reason: "mine" });
		const preview = await ask("/preview", { verb: "hold", orderIds });
		expect(preview.body).toMatchObject({
			total: 33,
			undoable: true,
			groups: [
				{ changes: true, words: "will be held", count: 29 },
				{ changes: false, words: "At WMS already.", count: 3 },
				{ changes: false, words: "held already.", count: 1 },
			],
		});
		expect(preview.body.groups[0].sample).toHaveLength(5);
		expect(await held()).toBe(1);
		const { body: started } = await ask("", { verb: "hold", reason: "Count stock", orderIds });
		expect(started).toMatchObject({ state: "waiting", total: 33, done: 0, undoable: false });
		expect(await waitingJobs(database.url())).toContain(`orders/bulk:${started.id}`);
		expect(await run(started.id)).toBe(true);
		const ended = (await ask(`/${started.id}`)).body;
		expect(ended).toMatchObject({ state: "done", done: 33, changed: 29, stayed: 1, undoable: true });
		expect(ended.problems).toHaveLength(3);
		expect(await held()).toBe(30);
		// Run once more, as after a crash at the very end: nothing happens twice.
		expect(await run(started.id)).toBe(true);
		expect(await journey.tenant.sql(`select 1 from "OrderEvent" where "kind" = 'held'`)).toHaveLength(30);
		const undo = (await ask(`/${started.id}/undo`, {})).body;
		await run(undo.id);
		expect(await held()).toBe(1);
		expect((await ask(`/${started.id}/undo`, {})).status).toBe(409);
	});

	it("goes on where it was cut, and stops when it is told to", async () => {
		const orderIds = await orders(30);
		const { body: started } = await ask("", { verb: "cancel-sending", orderIds });
		const cut = new AbortController();
		cut.abort();
		expect(await run(started.id, cut.signal)).toBe(false);
		expect((await ask(`/${started.id}/stop`, {})).status).toBe(200);
		expect(await run(started.id)).toBe(true);
		expect((await ask(`/${started.id}`)).body).toMatchObject({ state: "stopped", done: 0, changed: 0 });
		const { body: again } = await ask("", { verb: "cancel-sending", filter: { state: "new" } });
		await run(again.id);
		expect((await ask(`/${again.id}`)).body).toMatchObject({ state: "done", total: 30, changed: 30 });
		await journey.deliver();
		const sent = await journey.tenant.sql(`select 1 from "Order" where "status" = 'at_wms'`);
		expect(sent).toHaveLength(3);
	});

	it.each([
		[
			"leaves",
			(at: string, own: string, _: TestPerson, boss: TestPerson) => boss.call("DELETE", `${at}/people/${own}`),
		],
		["becomes a viewer", (at, own, _, boss) => boss.call("PATCH", `${at}/people/${own}`, { role: "viewer" })],
	] as [string, (at: string, own: string, self: TestPerson, boss: TestPerson) => Promise<{ status: number }>][])(
		"ends where it is when whoever asked %s",
		async (_, end) => {
			const { accountId } = journey.tenant;
			const orderIds = await orders(2);
			const boss = await createTestPerson({ accountId, role: "owner" });
			const { body: started } = await ask("", { verb: "hold", orderIds });
			const { id } = await root().membership.findFirstOrThrow({ where: { userId: person.userId } });
			expect((await end(`/accounts/${accountId}`, id, person, boss)).status).toBe(200);
			expect(await run(started.id)).toBe(true);
			expect(await held()).toBe(0);
			expect((await ask(`/${started.id}`, undefined, boss)).body).toMatchObject({ state: "stopped", done: 0 });
			const [noted] = await journey.tenant.staffSql(
				`select "actorType", "after" from "AuditEntry" where "action" = 'bulk.stopped'`,
			);
			expect(noted).toMatchObject({ actorType: "job", after: { reason: expect.stringContaining("any more") } });
		},
	);

	it("asked for by a key ends with the key, and keeps to the merchants that are chosen by now", async () => {
		const { accountId, merchantId } = journey.tenant;
		const orderIds = await orders(2);
		const byKey = async () =>
			(
				await callApi(await createTestKey({ accountId }), "POST", `/accounts/${accountId}/bulk-operations`, {
					verb: "hold",
					orderIds,
				})
			).body;
		const ended = await byKey();
		await root().apiKey.updateMany({ data: { revokedAt: new Date() }, where: { accountId } });
		await run(ended.id);
		expect(await held()).toBe(0);
		const { body: started } = await ask("", { verb: "hold", orderIds });
		await root().membership.updateMany({
			where: { userId: person.userId },
			data: { chosenOnly: true, chosenMerchantIds: [] },
		});
		await run(started.id);
		expect(await held()).toBe(0);
		const { body: again } = await ask(
			"",
			{ verb: "hold", orderIds },
			await createTestPerson({ accountId, role: "operator", merchantId }),
		);
		await run(again.id);
		expect(await held()).toBe(2);
	});

	it("acts for the side that asked, and is nobody else's to see", async () => {
		const orderIds = await orders(2);
		const { accountId, merchantId } = journey.tenant;
		const client = await createTestPerson({ accountId, role: "operator", merchantId });
		const { body: started } = await ask("", { verb: "hold", orderIds }, client);
		await run(started.id);
		expect(await journey.tenant.sql(`select distinct "heldBy" from "Order" where "heldAt" is not null`)).toEqual([
			{ heldBy: ["client"] },
		]);
		const { body: release } = await ask("", { verb: "release", orderIds });
		await run(release.id);
		expect((await ask(`/${release.id}`)).body).toMatchObject({ changed: 0, problems: { length: 5 } });
		expect((await ask(`/${release.id}`, undefined, client)).status).toBe(404);
		const viewer = await createTestPerson({ accountId, role: "viewer" });
		expect((await ask("", { verb: "hold", orderIds }, viewer)).status).toBe(403);
	});

	it("marks as delivered by hand, and takes exactly those marks back", async () => {
		const orderIds = await orders(4);
		await person.call("POST", `/accounts/${journey.tenant.accountId}/orders/${orderIds[3]}/hold`, {});
		expect((await ask("/preview", { verb: "mark-delivered", orderIds })).body).toMatchObject({
			undoable: true,
			groups: [
				{ changes: true, count: 3 },
				{ changes: false, words: "At WMS already.", count: 3 },
				{ changes: false, words: "held. Release first.", count: 1 },
			],
		});
		expect(await ask("", { verb: "mark-delivered", orderIds })).toMatchObject({
			status: 422,
			body: { fields: { reason: expect.stringMatching(/how the warehouse got them/) } },
		});
		const { body: started } = await ask("", { verb: "mark-delivered", reason: "by phone", orderIds });
		await run(started.id);
		expect((await ask(`/${started.id}`)).body).toMatchObject({ state: "done", changed: 3, undoable: true });
		await journey.deliver();
		const byHand = () => journey.tenant.sql(`select 1 from "Delivery" where "handBefore" is not null`);
		expect(await byHand()).toHaveLength(3);
		const undo = (await ask(`/${started.id}/undo`, {})).body;
		await run(undo.id);
		expect((await ask(`/${undo.id}`)).body).toMatchObject({ changed: 3, problems: [] });
		expect(await byHand()).toHaveLength(0);
		await journey.deliver();
		expect(await journey.tenant.sql(`select 1 from "Order" where "status" = 'at_wms'`)).toHaveLength(6);
	});

	it("sets the shipping of those that are here, leaves a correction alone, and takes only itself back", async () => {
		const orderIds = await orders(3);
		const shippings = async () =>
			(
				await journey.tenant.sql<{ name: string }>(
					`select "document" #>> '{shipping,name}' as "name" from "Order" where "status" = 'new' order by "id"`,
				)
			).map(({ name }) => name);
		expect(await shippings()).toEqual(Array(3).fill("UPS Ground"));
		expect((await ask("", { verb: "set-shipping", orderIds })).status).toBe(422);
		const { body: started } = await ask("", { verb: "set-shipping", shipping: "FedEx 2Day", orderIds });
		await run(started.id);
		expect((await ask(`/${started.id}`)).body).toMatchObject({ changed: 3, problems: { length: 3 }, undoable: true });
		expect(await shippings()).toEqual(Array(3).fill("FedEx 2Day"));
		const again = await ask("/preview", { verb: "set-shipping", shipping: "DHL", orderIds });
		expect(again.body.groups).toContainEqual(
			expect.objectContaining({ changes: false, words: "was corrected by hand. Change it there.", count: 3 }),
		);
		const undo = (await ask(`/${started.id}/undo`, {})).body;
		await run(undo.id);
		expect((await ask(`/${undo.id}`)).body).toMatchObject({ changed: 3, problems: [] });
		expect(await shippings()).toEqual(Array(3).fill("UPS Ground"));
	});

	it("sends again and asks the cart again", async () => {
		const orderIds = await orders(2);
		for (const verb of ["resend", "pull"]) {
			const { body } = await ask("", { verb, orderIds });
			await run(body.id);
			expect((await ask(`/${body.id}`)).body).toMatchObject({ state: "done", changed: verb === "pull" ? 5 : 2 });
		}
		expect((await waitingJobs(database.url())).filter((key) => key.startsWith("orders/download:"))).toHaveLength(5);
		expect((await ask("/preview", { verb: "resend-tracking", orderIds })).body.groups).toEqual([
			expect.objectContaining({
				changes: false,
				words: "nothing has shipped yet that the cart could be told.",
				count: 5,
			}),
		]);
	});
});
