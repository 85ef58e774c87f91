import pg from "pg";
import { expect, it } from "vitest";
import { type CartFilters, cartFilters } from "@/lib/canonical/filters";
import { performRun } from "@/lib/flow/run/perform-run";
import { flowPayload } from "@/lib/jobs/catalogue";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";
import { explainMissing } from "../orders/explain-missing";
import { readOrder } from "../orders/read-order";
import { askAgain } from "./ask-again";
import { exportItemFilter, importItemFilter } from "./import-item-filter";
import { listSkipped } from "./list-skipped";
import { previewFilters } from "./preview-filters";
import { readFilters } from "./read-filters";
import { restoreFilters, saveFilters } from "./save-filters";

const database = testDatabase();
const journey = testJourney();

const scope = () => journey.tenant.scope;
const cartId = () => journey.cart.id;
const country = (type: string, ...values: string[]) => ({ orders: [{ field: "country", type, values }] });
async function save(filters: object) {
	const { version } = await readFilters(scope(), cartId());
	return saveFilters(scope(), cartId(), { version, filters: cartFilters.parse(filters) });
}
const skipped = (more: object = {}) => listSkipped(scope(), cartId(), { limit: 50, ...more });
const abroad = (countryCode: string) =>
	journey.shop.store.place({ lines: [{ sku: "TEE", quantity: 1 }], address: { countryCode } });
/** Does what the worker would with the merchant's waiting downloads. */
async function work(): Promise<number> {
	const client = new pg.Client(database.url());
	await client.connect();
	const { rows } = await client.query(
		`delete from graphile_worker."_private_jobs" where "key" like 'orders/download:%' and "payload" ->> 'accountId' = $1 returning "payload"`,
		[journey.tenant.accountId],
	);
	await client.end();
	for (const { payload } of rows)
		await performRun(flowPayload.parse(payload), { id: "wrk_test", signal: new AbortController().signal });
	return rows.length;
}

it("a refused order is skipped with its reason, and loads once when the filter lets it through", async () => {
	await save(country("required", "USA", "CAN"));
	const order = abroad("MX");
	const fine = journey.place();
	await journey.download();
	expect(await journey.statusOf(fine.code)).toBe("new");
	expect(await journey.statusOf(order.code)).toBeUndefined();
	expect((await skipped()).items).toMatchObject([
		{ number: order.code, by: "order-filters", isAsked: false, reason: expect.stringMatching(/country is MEX/) },
	]);
	const why = await explainMissing(scope(), cartId(), order.code);
	expect(why).toMatchObject({ verdict: "left-out", path: `connections/${cartId()}?tab=filters` });
	expect(why.sentence).toMatch(/refused by Order Filters: the country is MEX, and it must be USA, CAN/);

	const wider = cartFilters.parse(country("required", "USA", "CAN", "MEX"));
	expect(await previewFilters(scope(), cartId(), wider)).toMatchObject({ checked: 1, refused: 0, askedAgain: 1 });
	expect(await save(wider)).toMatchObject({ version: 2, askedAgain: 1 });
	expect((await skipped()).items).toMatchObject([{ isAsked: true }]);
	expect(await work()).toBe(1);
	expect(await journey.statusOf(order.code)).toBe("new");
	expect((await skipped()).items).toEqual([]);
	await journey.download();
	expect(await journey.tenant.sql(`select 1 from "Order" where "number" = $1`, [order.code])).toHaveLength(1);
});

it("one that is still refused stays in the list, with the new reason, and is not asked for again by itself", async () => {
	await save(country("restricted", "MEX"));
	abroad("MX");
	await journey.download();
	await save({ ...country("restricted", "MEX"), tags: { anyOf: ["vip"] } });
	await work();
	expect((await skipped()).items).toMatchObject([{ isAsked: false, by: "order-filters" }]);
	await save({ tags: { anyOf: ["vip"] } });
	await work();
	expect((await skipped({ by: "tag-rules" })).items).toMatchObject([
		{ reason: expect.stringMatching(/none of the tags vip/) },
	]);
	const calls = journey.shop.calls();
	await journey.download();
	expect(journey.shop.calls() - calls).toBeLessThanOrEqual(2);
	expect(await askAgain(scope(), cartId())).toEqual({ askedAgain: 1 });
});

it("an order that the shop deleted meanwhile is not asked for without end", async () => {
	await save(country("restricted", "MEX"));
	const order = abroad("MX");
	await journey.download();
	journey.shop.store.forget(order);
	await save({});
	await work();
	expect((await skipped()).items).toMatchObject([
		{ isAsked: false, by: "unusable", reason: expect.stringMatching(/no longer/) },
	]);
});

it("says how many of the newest orders a filter would have refused, and which", async () => {
	const order = journey.place();
	abroad("CA");
	await journey.download();
	const found = await previewFilters(scope(), cartId(), cartFilters.parse(country("restricted", "US")));
	expect(found).toMatchObject({ checked: 2, refused: 1, examples: [{ number: order.code }] });
	const items: Partial<CartFilters> = { items: { type: "blacklist", level: "item", codes: ["MUG"] } };
	expect(await previewFilters(scope(), cartId(), cartFilters.parse(items))).toMatchObject({ shortened: 1, waiting: 1 });
});

it("a filtered line stays on the order, is not sent, and the order is complete without it", async () => {
	await save({ items: { type: "blacklist", codes: ["MUG"] } });
	const order = journey.place();
	await journey.download();
	await journey.deliver();
	const id = await journey.orderIdOf(order.code);
	const shown = await readOrder(scope(), id);
	expect(shown.lines.map(({ sku, filtered }) => [sku, filtered])).toEqual([
		["TEE", false],
		["MUG", true],
	]);
	const [delivery] = await journey.tenant.sql<{ steps: { step: string; note: string }[] }>(
		`select "steps" from "Delivery" where "orderId" = $1`,
		[id],
	);
	expect(delivery?.steps[0]).toMatchObject({ step: "Item filters", note: "not sent: MUG: on the blacklist" });
	const there = journey.atWarehouse(order.code);
	expect(there.items.map((item) => item.qty)).toEqual([2]);
	journey.warehouse.store.ship(there.readOnly.orderId);
	await runFlow(journey.tenant, journey.wms, "shipments/fetch");
	expect(await journey.statusOf(order.code)).toBe("shipped");
});

it("an order of which nothing is left waits, and goes out when the filter changes", async () => {
	const order = journey.place([{ sku: "MUG", quantity: 1 }]);
	await journey.download();
	await save({ items: { type: "blacklist", codes: ["MUG"] } });
	await journey.deliver();
	expect(await journey.statusOf(order.code)).toBe("error");
	const alert = () => journey.tenant.sql(`select "code", "resolvedAt" from "Alert" where "code" = 'all-filtered'`);
	expect(await alert()).toMatchObject([{ resolvedAt: null }]);
	expect(await save({ items: { type: "blacklist", codes: ["TEE"] } })).toMatchObject({ released: 1 });
	expect(await alert()).toMatchObject([{ resolvedAt: expect.any(Date) }]);
	await journey.deliver();
	expect(await journey.statusOf(order.code)).toBe("at_wms");
});

it("a filtered item is not told as stock, and is again once the filter is gone", async () => {
	await runFlow(journey.tenant, journey.wms, "inventory/fetch");
	await save({ items: { type: "blacklist", codes: ["MUG"] } });
	await runFlow(journey.tenant, journey.cart, "inventory/upload");
	const figures = () =>
		journey.tenant.sql(
			`select "sku", "state", "problem" from "InventoryFigure" where "sku" in ('MUG', 'TEE') order by "sku"`,
		);
	expect(await figures()).toMatchObject([
		{ sku: "MUG", state: "skipped", problem: "the cart's Item Filters keep it back" },
		{ sku: "TEE", state: "pushed" },
	]);
	await save({});
	await runFlow(journey.tenant, journey.cart, "inventory/upload");
	expect(await figures()).toMatchObject([{ state: "pushed", problem: null }, {}]);
});

it("an import says what each row does before it does it, and gives back the rows that cannot be", async () => {
	const text = "Item code\nA\nGIFT\n(blank)\nA\n";
	const given = { text, mode: "add" as const };
	await expect(importItemFilter(scope(), cartId(), { ...given, apply: false })).rejects.toThrow(
		/whitelist or a blacklist/,
	);
	const dry = await importItemFilter(scope(), cartId(), { ...given, type: "blacklist", apply: false });
	expect(dry).toMatchObject({
		counts: { new: 3, refused: 1 },
		saved: null,
		refusedFile: expect.stringMatching(/twice/),
	});
	expect((await readFilters(scope(), cartId())).version).toBe(0);
	await importItemFilter(scope(), cartId(), { ...given, type: "blacklist", apply: true });
	const { filters } = await readFilters(scope(), cartId());
	expect(filters.items).toEqual({ type: "blacklist", level: "item", codes: ["A", "GIFT", ""] });
	const file = await (await exportItemFilter(scope(), cartId())).text();
	expect(file).toBe("Item code\r\nA\r\nGIFT\r\n(blank)\r\n");
	const again = await importItemFilter(scope(), cartId(), { text: file, mode: "replace", apply: true });
	expect(again).toMatchObject({ counts: { same: 3, remove: 0 }, saved: { version: 1 } });
	const less = await importItemFilter(scope(), cartId(), { text: "SKU\nA", mode: "replace", apply: true });
	expect(less.counts).toMatchObject({ same: 1, remove: 2 });
});

it("keeps what was before, puts it back, and refuses what was decided on an older page", async () => {
	await save(country("required", "USA"));
	await save(country("required", "USA", "CAN"));
	await expect(saveFilters(scope(), cartId(), { version: 1, filters: cartFilters.parse({}) })).rejects.toMatchObject({
		code: "conflict",
	});
	expect(await restoreFilters(scope(), cartId(), 1)).toMatchObject({ version: 3 });
	const { filters, history } = await readFilters(scope(), cartId());
	expect(filters.orders?.[0]?.values).toEqual(["US"]);
	expect(history).toMatchObject([
		{ version: 3, note: "Version 1 put back" },
		{ version: 2 },
		{ version: 1, orderFilters: 1 },
	]);
	await restoreFilters(scope(), cartId(), 0);
	expect((await readFilters(scope(), cartId())).filters.orders).toEqual([]);
	await expect(restoreFilters(scope(), cartId(), 99)).rejects.toMatchObject({ code: "not-found" });
});
