import { beforeEach, describe, expect, it } from "vitest";
import { holdOrder } from "@/lib/services/orders/hold-order";
import { sendAvailable, sendInFull } from "@/lib/services/orders/send-backorder";
import { backordersOf, here, partial } from "@/lib/testing/backorders";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";

testDatabase();
const journey = testJourney();

const { managed, count, place, there, waitingOf } = backordersOf(journey);

beforeEach(() => count(0));

describe("an order of 5, of which the warehouse has 3", () => {
	it("managed by the warehouse: 5 are sent, no check", async () => {
		await count(3);
		const number = await place(5);
		await journey.deliver();
		expect(there(number)).toEqual([5]);
	});

	it("managed here, partial off: nothing is sent, it waits as new, and nobody is alerted", async () => {
		await managed(here);
		await count(3);
		const number = await place(5);
		expect(await journey.deliver()).toMatchObject({ state: "done", counts: { skipped: 1 } });
		expect(there(number)).toBeNull();
		expect(await waitingOf(number)).toMatchObject({ status: "new", waiting: 5, since: expect.any(Date) });
		expect(
			await journey.tenant.sql(`select "sku", "units", "available", "older", "counted" from "BackorderItem"`),
		).toEqual([{ sku: "TEE", units: 5, available: 3, older: 0, counted: true }]);
		expect(await journey.tenant.sql(`select 1 from "Alert"`)).toEqual([]);
	});

	it("managed here, partial on: 3 are sent, the rest waits and follows as 2 under a number of its own", async () => {
		await managed(partial);
		await count(3);
		const number = await place(5);
		await journey.deliver();
		expect(there(number)).toEqual([3]);
		expect(await waitingOf(number)).toMatchObject({ status: "at_wms", waiting: 2, since: expect.any(Date) });
		await journey.deliver();
		expect(there(`${number}-2`)).toBeNull();
		await count(2);
		await journey.deliver();
		expect(there(`${number}-2`)).toEqual([2]);
		expect(await waitingOf(number)).toEqual({ status: "at_wms", waiting: 0, since: null });
		await count(9);
		await journey.deliver();
		expect([journey.created(number), journey.created(`${number}-2`), journey.created(`${number}-3`)]).toEqual([
			1, 1, 0,
		]);
	});
});

describe("two orders that wait, of 4 (older) and of 2, when 3 are received", () => {
	async function receive(options: object): Promise<(number[] | null)[]> {
		await managed({ ...here, ...options });
		const numbers = [await place(4), await place(2)];
		await journey.deliver();
		await count(3);
		await journey.deliver();
		return numbers.map(there);
	}

	it("where smaller orders may go first, the newer goes", async () => {
		expect(await receive({})).toEqual([null, [2]]);
	});

	it("strictly oldest first, nobody goes; when 6 are there both do", async () => {
		expect(await receive({ skipAhead: false })).toEqual([null, null]);
		await count(6);
		await journey.deliver();
		expect(await journey.tenant.sql(`select 1 from "Delivery" where "state" = 'accepted'`)).toHaveLength(2);
	});

	it("strictly oldest first, the newer goes once the older gives up its place", async () => {
		expect(await receive({ skipAhead: false })).toEqual([null, null]);
		const [older] = await journey.tenant.sql<{ id: string }>(`select "id" from "Order" order by "id" limit 1`);
		await holdOrder(journey.tenant.scope, older?.id ?? "", "wait");
		await journey.deliver();
		expect(await journey.tenant.sql(`select 1 from "Delivery" where "state" = 'accepted'`)).toHaveLength(1);
	});
});

describe("what waits", () => {
	it("goes oldest first when stock comes bit by bit, each once", async () => {
		await managed(here);
		const numbers = [await place(2), await place(2), await place(2)];
		await journey.deliver();
		await count(3);
		await journey.deliver();
		expect(numbers.map(there)).toEqual([[2], null, null]);
		await count(4);
		await journey.deliver();
		expect(numbers.map(there)).toEqual([[2], [2], [2]]);
		expect(numbers.map((number) => journey.created(number))).toEqual([1, 1, 1]);
	});

	it("takes nothing twice from one count: what was sent since is not there any more", async () => {
		await managed(here);
		await count(3);
		const numbers = [await place(2), await place(2)];
		await journey.deliver();
		await journey.tenant.sql(`update "Order" set "dueAt" = now() where "status" = 'new'`);
		await journey.deliver();
		expect(numbers.map(there)).toEqual([[2], null]);
	});

	it("is not looked at again for a count that brings nothing", async () => {
		await managed(here);
		await count(3);
		await place(5);
		await journey.deliver();
		const due = () => journey.tenant.sql(`select 1 from "Order" where "dueAt" is not null`);
		for (const units of [3, 2, 4]) {
			await count(units);
			expect(await due()).toEqual([]);
		}
		await count(5);
		expect(await due()).toHaveLength(1);
	});

	it("of two thousand is woken one by one as single units come", async () => {
		await managed(here);
		await place(1);
		await journey.deliver();
		const columns = await journey.tenant.sql<{ name: string }>(
			`select quote_ident(column_name) as "name" from information_schema.columns
			 where table_schema = 'public' and table_name = 'Order' and is_generated = 'NEVER'`,
		);
		const own = columns.map(({ name }) => name).join(", ");
		await journey.tenant.sql(
			`insert into "Order" (${own}) select ${own} from (
			   select (jsonb_populate_record(o, jsonb_build_object('id', o."id" || n, 'sourceId', o."sourceId" || n))).*
			   from "Order" o, generate_series(1, 1999) n) copies`,
		);
		await journey.tenant.sql(
			`insert into "BackorderItem" select (jsonb_populate_record(b, jsonb_build_object('orderId', b."orderId" || n))).*
			 from "BackorderItem" b, generate_series(1, 1999) n`,
		);
		await count(1);
		expect(await journey.tenant.sql(`select 1 from "Order" where "dueAt" is not null`)).toHaveLength(1);
	});

	it("of an item that was never counted says so, and stock in an excluded place is none", async () => {
		await managed(here);
		await count(8);
		await journey.tenant.sql(`update "Location" set "excludedAt" = now()`);
		const number = await place(1);
		await journey.deliver();
		expect(await journey.tenant.sql(`select "counted", "available" from "BackorderItem"`)).toEqual([
			{ counted: false, available: 0 },
		]);
		expect(there(number)).toBeNull();
	});

	it("below zero in the warehouse is none", async () => {
		await managed(partial);
		await count(-4);
		await place(1);
		await journey.deliver();
		expect(await journey.tenant.sql(`select "counted", "available" from "BackorderItem"`)).toEqual([
			{ counted: true, available: 0 },
		]);
	});

	it("is sent as far as it is there, or in full, when a person says so", async () => {
		await managed(here);
		await count(3);
		const number = await place(5);
		await journey.deliver();
		const id = await journey.orderIdOf(number);
		await sendAvailable(journey.tenant.scope, id);
		await journey.deliver();
		expect(there(number)).toEqual([3]);
		await sendInFull(journey.tenant.scope, id);
		await journey.deliver();
		expect(there(`${number}-2`)).toEqual([2]);
		await expect(sendInFull(journey.tenant.scope, id)).rejects.toThrow(/does not wait for stock/);
	});

	it("counts with its parts: kits of 2 TEE and 1 MUG, 5 TEE and 9 MUG there, are 2", async () => {
		await managed(partial);
		await count(5);
		await count(9, "MUG");
		journey.shop.store.addProduct("SET", 10);
		await journey.tenant.sql(
			`insert into "ItemKit" ("id", "accountId", "merchantId", "code", "parts", "mode", "partial", "updatedAt")
			 values ('kit_1', $1, $2, 'SET', '[{"sku":"TEE","quantity":2},{"sku":"MUG","quantity":1}]', 'explode', 'wait', now())`,
			[journey.tenant.accountId, journey.tenant.merchantId],
		);
		const { code } = journey.place([{ sku: "SET", quantity: 3 }]);
		await journey.download();
		await journey.deliver();
		expect(there(code)).toEqual([4, 2]);
		expect(await waitingOf(code)).toMatchObject({ waiting: 1 });
	});
});
