import { beforeEach, describe, expect, it } from "vitest";
import type { Rule } from "@/lib/canonical/rule";
import { type Connected, connectWarehouse } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { ruleOf, sku, text } from "@/lib/testing/rules";
import { runFlow } from "@/lib/testing/tenant";
import { runBulk } from "../bulk/run-bulk";

testDatabase();
const journey = testJourney();
let owner: TestPerson;
beforeEach(async () => {
	owner = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
});

const account = () => `/accounts/${journey.tenant.accountId}`;
const path = (rest = "") => `${account()}/merchants/${journey.tenant.merchantId}/rules${rest}`;
const call = async (method: "GET" | "POST" | "PUT", rest: string, body?: object, who = owner) =>
	who.call(method, path(rest), body);
const save = async (rules: unknown[], who = owner) => {
	const { revision } = (await call("GET", "")).body;
	return call("PUT", "/draft", { rules, revision }, who);
};
const publish = async (...rules: Rule[]) => {
	const saved = await save(rules);
	expect(saved.status, JSON.stringify(saved.body)).toBe(200);
	const answer = await call("POST", "/publish", { revision: saved.body.revision });
	expect(answer.status, JSON.stringify(answer.body)).toBe(200);
	return answer.body;
};
const place = async (code: string, quantity = 1) => {
	const { code: number } = journey.place([{ sku: code, quantity }]);
	await journey.download();
	return number;
};
const orderOf = async (number: string) =>
	(await owner.call("GET", `${account()}/orders/${await journey.orderIdOf(number)}`)).body;
const post = async (number: string, verb: string) =>
	(await owner.call("POST", `${account()}/orders/${await journey.orderIdOf(number)}/${verb}`, {})).status;
const apply = async (...numbers: string[]) => {
	const orderIds = await Promise.all(numbers.map((number) => journey.orderIdOf(number)));
	const { body } = await owner.call("POST", `${account()}/bulk-operations`, { verb: "apply-rules", orderIds });
	await runBulk({ accountId: journey.tenant.accountId, id: body.id }, { signal: new AbortController().signal });
	return (await owner.call("GET", `${account()}/bulk-operations/${body.id}`)).body;
};

describe("versions", () => {
	it("are numbered, say who, and an earlier one comes back as a new one", async () => {
		expect((await call("GET", "")).body).toMatchObject({ rules: [], revision: 0, published: null, changed: false });
		const first = await publish(ruleOf([], [{ do: "tag", tag: "one" }]));
		await publish(ruleOf([], [{ do: "tag", tag: "two" }]));
		expect((await call("POST", `/versions/${first.id}/restore`, {})).body).toMatchObject({
			number: 3,
			restoredFrom: 1,
		});
		const { items } = (await call("GET", "/versions")).body;
		expect(items.map(({ number, holds }: { number: number; holds: boolean }) => [number, holds])).toEqual([
			[3, true],
			[2, false],
			[1, false],
		]);
		const now = (await call("GET", "")).body;
		expect(now).toMatchObject({ changed: false, published: { number: 3 } });
		expect(now.rules[0].actions).toEqual([{ do: "tag", tag: "one" }]);
		expect((await call("GET", `/versions/${items[1].id}`)).body.list[0].actions).toEqual([{ do: "tag", tag: "two" }]);
		expect((await call("POST", "/publish", { revision: now.revision })).status).toBe(409);
		const noted = await journey.tenant.sql<{ action: string }>(
			`select "action" from "AuditEntry" where "subjectType" = 'rules' order by "id"`,
		);
		expect(noted.map(({ action }) => action)).toEqual([
			...["rules.draft-saved", "rules.published", "rules.draft-saved", "rules.published", "rules.published"],
		]);
	});

	it("are not saved over what somebody else saved meanwhile", async () => {
		await save([ruleOf([], [{ do: "stop" }])]);
		expect((await call("PUT", "/draft", { rules: [], revision: 0 })).status).toBe(409);
	});

	it("refuse what is not in order, and name the rule and the field", async () => {
		const refused = async (rule: object) => (await save([rule])).body;
		const good = ruleOf([], [{ do: "stop" }]);
		expect(await refused({ ...good, name: "" })).toMatchObject({ fields: { "rules.0.name": "needs a name." } });
		const bare = {
			...good,
			name: "EU",
			when: { kind: "group", mode: "any", conditions: [sku("A"), text("country", "is")] },
		};
		expect(JSON.stringify(await refused(bare))).toContain('Rule \\"EU\\", condition 2, value');
		const lost = { ...good, name: "Out", actions: [{ do: "route", warehouseId: "con_nowhere" }] };
		expect(JSON.stringify(await refused(lost))).toContain("is no warehouse of this merchant");
		const cart = {
			...good,
			name: "Shop",
			when: { kind: "group", mode: "all", conditions: [text("cart", "is", "con_x")] },
		};
		expect(JSON.stringify(await refused(cart))).toContain("is no cart of this merchant");
	});

	it("are published by those who answer for the account, and drafted by operators", async () => {
		const operator = await createTestPerson({ accountId: journey.tenant.accountId, role: "operator" });
		const saved = await save([ruleOf([], [{ do: "stop" }])], operator);
		expect(saved.status).toBe(200);
		expect((await call("POST", "/publish", { revision: saved.body.revision }, operator)).status).toBe(403);
	});
});

describe("orders through published rules", () => {
	let second: Connected;
	const deliverSecond = () => runFlow(journey.tenant, second, "orders/deliver");
	beforeEach(async () => {
		second = await connectWarehouse(journey.tenant, journey.warehouse, "Second");
	});
	const sentBy = async (number: string) =>
		journey.tenant.sql<{ connectionId: string }>(
			`select d."connectionId" from "Delivery" d join "Order" o on o."id" = d."orderId" where o."number" = $1`,
			[number],
		);

	it("go to the warehouse that a rule names, and only there", async () => {
		await publish(ruleOf([sku("MUG")], [{ do: "route", warehouseId: second.id }]));
		const [mug, tee] = [await place("MUG"), await place("TEE")];
		await journey.deliver();
		expect([await journey.statusOf(mug), await journey.statusOf(tee)]).toEqual(["new", "at_wms"]);
		await deliverSecond();
		expect(await sentBy(mug)).toEqual([{ connectionId: second.id }]);
		expect(await sentBy(tee)).toEqual([{ connectionId: journey.wms.id }]);
		expect((await orderOf(mug)).rules).toMatchObject({
			version: 1,
			did: [expect.stringContaining("goes to Second")],
			trace: [{ outcome: "fired", because: [{ words: "a line's SKU is MUG", met: true }] }],
		});
		expect((await orderOf(tee)).rules.trace).toMatchObject([{ outcome: "not" }]);
	});

	it("are held, released once, and not held again by the same version", async () => {
		await publish(ruleOf([sku("MUG")], [{ do: "hold", reason: "Fragile" }]));
		const number = await place("MUG");
		await journey.deliver();
		const order = await orderOf(number);
		expect(order).toMatchObject({ held: true, heldBy: ["rule"], can: { release: true } });
		expect(order.heldReason).toContain("Fragile");
		expect(order.rules.did[0]).toContain("held (Fragile)");
		expect(await post(number, "release")).toBe(200);
		expect((await apply(number)).changed).toBe(1);
		expect(await orderOf(number)).toMatchObject({ held: false });
		await journey.deliver();
		expect(await journey.statusOf(number)).toBe("at_wms");
	});

	it("are skipped with the reason, and go out when sending is enabled", async () => {
		await publish(ruleOf([sku("MUG")], [{ do: "skipOrder", reason: "Sold in the shop" }]));
		const number = await place("MUG");
		await journey.deliver();
		const order = await orderOf(number);
		expect(order).toMatchObject({ sendingCanceled: true, can: { enableSending: true } });
		expect(JSON.stringify(order.journey)).toContain("Sold in the shop");
		expect(await post(number, "enable-sending")).toBe(200);
		await journey.deliver();
		expect(await journey.statusOf(number)).toBe("at_wms");
	});

	it("count as dealt with elsewhere, and the mark is taken back like any other", async () => {
		await publish(ruleOf([sku("MUG")], [{ do: "dealtElsewhere", reason: "By mail" }]));
		const number = await place("MUG");
		await journey.deliver();
		expect([await journey.statusOf(number), journey.created(number)]).toEqual(["at_wms", 0]);
		expect((await orderOf(number)).can.undoMark).toBe(true);
	});

	it("gain an item that the cart never hears of, lose a line that nobody waits for, and are shipped", async () => {
		await publish(
			ruleOf(
				[sku("TEE")],
				[
					{ do: "addItem", sku: "MUG", quantity: 1 },
					{ do: "skipLine", sku: "CAP" },
					{ do: "shipMethod", code: "UPS Ground" },
				],
			),
		);
		journey.shop.store.addProduct("CAP", 5);
		const { code: number } = journey.place([
			{ sku: "TEE", quantity: 2 },
			{ sku: "CAP", quantity: 1 },
		]);
		await journey.download();
		await journey.deliver();
		const there = journey.atWarehouse(number);
		expect(there.items.map((item) => `${item.qty} ${item.itemIdentifier.sku}`)).toEqual(["2 TEE", "1 MUG"]);
		const order = await orderOf(number);
		expect(order.deliveries[0].steps[0]).toMatchObject({
			step: "Rules",
			note: expect.stringContaining("added 1 × MUG"),
		});
		expect(order.deliveries[0].shipMethod).toBe("UPS Ground");
		journey.warehouse.store.ship(there.readOnly.orderId);
		await runFlow(journey.tenant, journey.wms, "shipments/fetch");
		await runFlow(journey.tenant, journey.cart, "shipments/upload");
		expect(await journey.statusOf(number)).toBe("confirmed");
		const told = await journey.tenant.sql<{ document: { lines: { sku: string; quantity: number }[] } }>(
			`select c."document" from "Confirmation" c join "Order" o on o."id" = c."orderId" where o."number" = $1`,
			[number],
		);
		expect(told.map(({ document }) => document.lines.map((line) => `${line.quantity} ${line.sku}`))).toEqual([
			["2 TEE"],
		]);
		expect(await journey.tenant.sql(`select 1 from "Alert" where "code" = 'over-shipped'`)).toEqual([]);
	});

	it("gain the item once, with the first of several parts", async () => {
		await journey.tenant.sql(`update "Connection" set "options" = "options" || $2::jsonb where "id" = $1`, [
			...[journey.wms.id, JSON.stringify({ backorders: "here", allowPartial: true })],
		]);
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await publish(
			ruleOf(
				[sku("TEE")],
				[
					{ do: "addItem", sku: "MUG", quantity: 1 },
					{ do: "route", warehouseId: journey.wms.id },
				],
			),
		);
		const number = await place("TEE", 45);
		await journey.deliver();
		journey.warehouse.store.setStock("TEE", 2, 100);
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await journey.deliver();
		const parts = await journey.tenant.sql<{ document: { lines: { sku: string; quantity: number }[] } }>(
			`select d."document" from "Delivery" d join "Order" o on o."id" = d."orderId" where o."number" = $1 order by d."part"`,
			[number],
		);
		const units = parts.map(({ document }) => document.lines.map((line) => `${line.quantity} ${line.sku}`));
		journey.warehouse.store.setStock("TEE", 2, 40);
		expect(units).toEqual([["40 TEE", "1 MUG"], ["5 TEE"]]);
	});

	it("wait for a person when the warehouse they were sent to is gone", async () => {
		await publish(ruleOf([], [{ do: "route", warehouseId: second.id }]));
		const number = await place("TEE");
		await journey.deliver();
		await journey.tenant.sql(`update "Connection" set "archivedAt" = now() where "id" = $1`, [second.id]);
		await journey.deliver();
		expect(await orderOf(number)).toMatchObject({ held: true, heldBy: ["rule"] });
		const next = await place("TEE");
		await journey.deliver();
		expect(await orderOf(next)).toMatchObject({ held: true, rules: { version: 1 } });
	});

	it("stay as they were decided when another version is published, until it is applied to them", async () => {
		await publish(ruleOf([], [{ do: "route", warehouseId: second.id }]));
		const number = await place("TEE");
		await journey.deliver();
		await publish(ruleOf([], [{ do: "tag", tag: "x" }]));
		await journey.deliver();
		const tagged = async () => (await owner.call("GET", `${account()}/orders?tag=X`)).body.items;
		expect([await journey.statusOf(number), await tagged()]).toEqual(["new", []]);
		expect((await call("GET", "/waiting")).body).toEqual({ waiting: 0, affected: 0, decided: 1 });
		expect(await apply(number)).toMatchObject({ state: "done", changed: 1 });
		expect((await orderOf(number)).rules.version).toBe(2);
		expect(await tagged()).toMatchObject([{ number, tags: ["x"] }]);
		await journey.deliver();
		expect(await sentBy(number)).toEqual([{ connectionId: journey.wms.id }]);
	});

	it("look at the stock that the warehouse told", async () => {
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		await publish(
			ruleOf([{ kind: "stock", warehouseId: journey.wms.id, state: "short" }], [{ do: "hold", reason: "Short" }]),
		);
		const [few, many] = [await place("TEE", 1), await place("TEE", 500)];
		await journey.deliver();
		expect([await journey.statusOf(few), (await orderOf(many)).held]).toEqual(["at_wms", true]);
	});
});

describe("trying rules on past orders", () => {
	it("says which would have gone another way, before and after and why; and how many wait", async () => {
		const numbers = [await place("TEE"), await place("MUG"), await place("TEE")];
		await journey.deliver();
		const waiting = await place("MUG");
		const rule = ruleOf([sku("MUG"), text("country", "is", "FR")], [{ do: "hold", reason: "Look" }], "any");
		await save([rule]);
		const { body } = await call("POST", "/test", { last: 500 });
		expect(body).toMatchObject({ tested: 4, changed: 2, next: null });
		expect(body.orders.map(({ number }: { number: string }) => number)).toEqual([waiting, numbers[1]]);
		expect(body.orders[0]).toMatchObject({
			before: [],
			after: [`${rule.name}: held (Look)`],
			trace: [{ outcome: "fired" }],
		});
		expect((await call("POST", "/test", { last: 1, rules: [] })).body).toMatchObject({ tested: 1, changed: 0 });
		expect((await call("POST", "/test", { limit: 1 })).body).toMatchObject({ changed: 2, next: 1 });
		expect((await call("GET", "/waiting")).body).toEqual({ waiting: 1, affected: 1, decided: 0 });
		expect((await orderOf(waiting)).held).toBe(false);
	});
});
