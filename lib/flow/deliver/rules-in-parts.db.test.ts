import { beforeEach, describe, expect, it } from "vitest";
import { cartFilters } from "@/lib/canonical/filters";
import type { RuleAction } from "@/lib/canonical/rule";
import { readFilters } from "@/lib/services/filters/read-filters";
import { saveFilters } from "@/lib/services/filters/save-filters";
import { publishRules } from "@/lib/services/rules/publish-rules";
import { saveDraft } from "@/lib/services/rules/save-draft";
import { backordersOf, partial } from "@/lib/testing/backorders";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
const { managed } = backordersOf(journey);

const skus = ["TEE", "MUG", "GIFT", "LEAF", "CARD", "PEN"];
/** The warehouse has counted: so many are free there now, and none of what is not named. */
async function count(units: Record<string, number>): Promise<void> {
	for (const sku of skus) journey.warehouse.store.setStock(sku, 2, units[sku] ?? 0);
	await runFlow(journey.tenant, journey.wms, "inventory/fetch");
}

async function filter(type: "blacklist" | "whitelist", ...codes: string[]): Promise<void> {
	const { scope } = journey.tenant;
	const { version } = await readFilters(scope, journey.cart.id);
	const filters = cartFilters.parse({ items: { type, codes } });
	await saveFilters(scope, journey.cart.id, { version, filters });
}

async function rule(...actions: RuleAction[]): Promise<void> {
	const { scope, merchantId } = journey.tenant;
	const when = { kind: "group", mode: "all", conditions: [] };
	const rules = [{ id: "r1", name: "Always", rank: 1, on: true, when, actions }];
	const { revision } = await saveDraft(scope, merchantId, { rules, revision: 0 });
	await publishRules(scope, merchantId, { revision, note: "" });
}

/** 5 TEE, 2 MUG that a rule leaves out, and 3 GIFT that the cart's item filter keeps back. */
async function place(lines: Record<string, number> = { TEE: 5, MUG: 2, GIFT: 3 }): Promise<string> {
	const { code } = journey.place(Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })));
	await journey.download();
	await journey.deliver();
	return code;
}

/** What stands at the warehouse under each number, in the order it was sent. */
const there = (number: string) =>
	[number, `${number}-2`, `${number}-3`].flatMap((key) => {
		const order = journey.warehouse.store.find(key);
		return order ? [order.items.map(({ qty, itemIdentifier }) => `${qty} ${itemIdentifier.sku}`)] : [];
	});
const arrive = async (units: Record<string, number>) => {
	await count(units);
	await journey.deliver();
};

beforeEach(async () => {
	const { tenant, shop } = journey;
	for (const sku of skus) shop.store.addProduct(sku, 50);
	await managed(partial);
	// A box of 1 CARD and 2 PEN, which the warehouse packs from its parts.
	await tenant.sql(
		`insert into "ItemKit" ("id", "accountId", "merchantId", "code", "parts", "mode", "partial", "updatedAt")
		 values ('kit_' || $2, $1, $2, 'BOX', '[{"sku":"CARD","quantity":1},{"sku":"PEN","quantity":2}]', 'explode', 'wait', now())`,
		[tenant.accountId, tenant.merchantId],
	);
	await filter("blacklist", "GIFT");
	await rule(
		{ do: "addItem", sku: "LEAF", quantity: 1 },
		{ do: "addItem", sku: "BOX", quantity: 1 },
		{ do: "skipLine", sku: "MUG" },
	);
});

describe("an order with lines that rules add, lines they leave out and lines a filter keeps back, sent in two parts", () => {
	it("sends each unit once, what is added once, and the others never", async () => {
		await count({ TEE: 3, MUG: 9, GIFT: 9, LEAF: 9, CARD: 9, PEN: 9 });
		const number = await place();
		await arrive({ TEE: 9, MUG: 9, GIFT: 9, LEAF: 9, CARD: 9, PEN: 9 });
		await arrive({ TEE: 99, MUG: 99, GIFT: 99, LEAF: 99, CARD: 99, PEN: 99 });
		expect(there(number)).toEqual([["3 TEE", "1 LEAF", "1 CARD", "2 PEN"], ["2 TEE"]]);
	});

	it("sends what is added with the second part where it was not there for the first", async () => {
		await count({ TEE: 3, MUG: 9, GIFT: 9, PEN: 9 });
		const number = await place();
		await arrive({ TEE: 2, MUG: 9, GIFT: 9, LEAF: 1, CARD: 1, PEN: 9 });
		await arrive({ TEE: 99, MUG: 99, GIFT: 99, LEAF: 99, CARD: 99, PEN: 99 });
		expect(there(number)).toEqual([["3 TEE"], ["2 TEE", "1 LEAF", "1 CARD", "2 PEN"]]);
	});

	it("is at the warehouse, and not in error, when only what is kept back is left", async () => {
		await count({ TEE: 5, LEAF: 9, CARD: 9, PEN: 9 });
		const number = await place();
		await journey.tenant.sql(`update "Order" set "dueAt" = now()`);
		await arrive({ TEE: 99, MUG: 99, GIFT: 99 });
		expect(there(number)).toHaveLength(1);
		expect(await journey.statusOf(number)).toBe("at_wms");
		expect(await journey.tenant.sql(`select 1 from "Order" where "dueAt" is not null`)).toEqual([]);
	});

	it("is told to the cart by its own lines, and shipped with its second part", async () => {
		await count({ TEE: 3, LEAF: 9 });
		const number = await place();
		expect(there(number)).toEqual([["3 TEE", "1 LEAF"]]);
		await journey.ship(number);
		expect(await journey.statusOf(number)).toBe("at_wms");
		await arrive({ TEE: 2, CARD: 1, PEN: 2 });
		await journey.ship(`${number}-2`);
		expect(await journey.statusOf(number)).toBe("confirmed");
		expect(await journey.tenant.sql(`select "sku", "shippedQuantity" from "OrderLine" order by "sku"`)).toEqual([
			{ sku: "GIFT", shippedQuantity: 0 },
			{ sku: "MUG", shippedQuantity: 0 },
			{ sku: "TEE", shippedQuantity: 5 },
		]);
		expect(await journey.tenant.sql(`select 1 from "Alert"`)).toEqual([]);
	});

	it("stays open after its own units have left while something that a rule added waits, and then sends that too", async () => {
		await count({ TEE: 5, CARD: 9, PEN: 9 });
		const number = await place();
		await journey.ship(number);
		expect(await journey.statusOf(number)).toBe("at_wms");
		await arrive({ LEAF: 1 });
		expect(there(number)).toEqual([["5 TEE", "1 CARD", "2 PEN"], ["1 LEAF"]]);
		await journey.ship(`${number}-2`);
		expect(await journey.statusOf(number)).toBe("confirmed");
		expect(await journey.tenant.sql(`select 1 from "Alert"`)).toEqual([]);
	});
});

describe("an item filter", () => {
	it("is the cart's: what a rule adds goes out though it is not on the whitelist", async () => {
		await filter("whitelist", "TEE");
		await count({ TEE: 3, GIFT: 9, LEAF: 9, CARD: 9, PEN: 9 });
		const number = await place();
		await arrive({ TEE: 9, GIFT: 9, LEAF: 9, CARD: 9, PEN: 9 });
		expect(there(number)).toEqual([["3 TEE", "1 LEAF", "1 CARD", "2 PEN"], ["2 TEE"]]);
	});

	it("that is changed between two parts holds for what is still to go", async () => {
		await count({ TEE: 3, LEAF: 9, CARD: 9, PEN: 9 });
		const number = await place();
		await filter("blacklist", "GIFT", "TEE");
		await arrive({ TEE: 99, GIFT: 99 });
		expect(there(number)).toEqual([["3 TEE", "1 LEAF", "1 CARD", "2 PEN"]]);
		expect(await journey.statusOf(number)).toBe("at_wms");
		expect(
			await journey.tenant.sql(`select 1 from "Order" where "dueAt" is not null or "backorderedAt" is not null`),
		).toEqual([]);
	});

	it("that keeps back all that the cart sold stops the order: what a rule adds does not go alone", async () => {
		await journey.deliver();
		await count({ TEE: 9, LEAF: 9, CARD: 9, PEN: 9 });
		const { code } = journey.place([{ sku: "TEE", quantity: 1 }]);
		await journey.download();
		await filter("blacklist", "GIFT", "TEE");
		await journey.deliver();
		expect(there(code)).toEqual([]);
		expect(await journey.statusOf(code)).toBe("error");
		await filter("blacklist", "GIFT");
		await journey.deliver();
		expect(there(code)).toEqual([["1 TEE", "1 LEAF", "1 CARD", "2 PEN"]]);
	});
});
