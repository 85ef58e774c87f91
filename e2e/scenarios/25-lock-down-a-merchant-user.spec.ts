import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible";
import {
	connectionNamed,
	connectSecondShop,
	type Desk,
	deskOf,
	merchantNamed,
	orderNumbered,
	runToEnd,
	statusOf,
} from "../support/api";
import { openHub, openPlace, shopName, warehouseName } from "../support/hub";
import { buy, buyInSecondShop, cancelInShop, count, troubleAtWarehouse } from "../support/outside";
import { join } from "../support/people";
import { expect, test } from "../support/test";
import { addressOf, endpoints, pagesOfThings } from "../support/walk";

const address = "bert@greenvase.test";
/** Where no scenario before this one made any: it is not found, and what exists nowhere is not noted. */
const noPurchaseOrder = "pur_0000000000000000000000000";

/** One thing of each kind that belongs to Blue Kettle, by the name that addresses give it. */
async function thingsOfBlueKettle(desk: Desk, number: string): Promise<Record<string, string>> {
	const { api, accountId } = desk;
	const order = await orderNumbered(desk, number);
	const merchantId = order.merchant.id;
	const connection = await connectionNamed(desk, shopName);
	const { items: runs } = await api.runs.list({ accountId, merchantId, busy: true });
	const exchanges = await Promise.all(
		runs.map(async ({ id }) => (await api.runs.exchanges({ accountId, runId: id })).items),
	);
	const { items: alerts } = await api.alerts.list({ accountId, merchantId });
	const { id: exportId } = await api.privacy.export({ accountId, merchantId });
	// Of whichever merchant has one: it is as foreign to him.
	const { items: purchases } = await api.purchaseOrders.list({ accountId });
	const ids = {
		...{ accountId, merchantId, exportId, sku: "MUG", orderId: order.id, connectionId: connection.id },
		flowId: connection.flows[0]?.id,
		runId: runs[0]?.id,
		exchangeId: exchanges.flat()[0]?.id,
		alertId: alerts[0]?.id,
		purchaseOrderId: purchases[0]?.id ?? noPurchaseOrder,
	};
	return Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, id ?? ""]));
}

/** An order of Blue Kettle that the warehouse does not want to cancel: it has runs, exchanges, stock and an alert. */
async function makeThings(desk: Desk): Promise<string> {
	await count("MUG", 20);
	const order = await buy([{ sku: "MUG", quantity: 1 }]);
	await runToEnd(desk, shopName, "Order Download");
	await runToEnd(desk, warehouseName, "Inventory");
	await runToEnd(desk, warehouseName, "Order Delivery");
	await cancelInShop(order);
	await troubleAtWarehouse("packed");
	await runToEnd(desk, shopName, "Order Cancel Download");
	await troubleAtWarehouse("none");
	return order.code;
}

async function expectNotFound(page: Page, path: string): Promise<void> {
	await page.goto(path);
	const refused = page.getByRole("alert").filter({ hasText: /There is no such/ });
	await expect(refused.or(page.getByText("There is no such page here")).first()).toBeVisible();
	await expect(page.getByRole("main")).not.toContainText("Blue Kettle");
}

test("25 a merchant's person who types the address of another merchant's things finds nothing, and it is noted", async ({
	page,
	anotherBrowser,
	expected,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { accountId } = desk;
	const greenVase = await merchantNamed(desk, "Green Vase");
	let foreign: Record<string, string> = {};
	let own = "";
	await test.step("two merchants have orders; Bert is admin of Green Vase only", async () => {
		foreign = await thingsOfBlueKettle(desk, await makeThings(desk));
		for (const [name, id] of Object.entries(foreign)) expect(id, `Blue Kettle has a ${name}`).not.toBe("");
		await connectSecondShop(desk, greenVase, "Vase shop");
		own = await buyInSecondShop([{ sku: "SHADE", quantity: 2 }]);
		await runToEnd(desk, "Vase shop", "Order Download");
		await desk.api.invitations.create({ accountId, email: address, role: "admin", merchantId: greenVase });
	});
	const bert = await anotherBrowser();
	await test.step("he sees what is his, and nothing else", async () => {
		await join(bert, address);
		await openPlace(bert, "Orders");
		const rows = bert.getByRole("grid", { name: "Orders" }).getByRole("row");
		await expect(rows.filter({ hasText: own })).toHaveCount(1);
		await expect(bert.getByRole("main")).not.toContainText("Blue Kettle");
		for (const place of ["Connections", "Inventory", "Runs", "Alerts"]) {
			await openPlace(bert, place);
			await expect(bert.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
			for (const words of ["Blue Kettle", warehouseName]) await expect(bert.getByRole("main")).not.toContainText(words);
		}
	});
	expected.push("404 /api/v1/accounts/", `404 /${accountId}`);
	await test.step("every page of a thing of Blue Kettle is not found", async () => {
		for (const kind of pagesOfThings()) {
			const path = kind.replace(/\[(\w+)\]/g, (_, name) => foreign[name] ?? `no ${name}`);
			expect(path, "the scenario knows a thing for this page").not.toContain("no ");
			await expectNotFound(bert, `/${accountId}/${path}`);
		}
		await expectAccessible(bert, "A page that is not found");
	});
	const asked = new Set<string>();
	await test.step("every endpoint refuses them, exports included", async () => {
		for (const endpoint of endpoints()) {
			const path = addressOf(endpoint, foreign);
			const named = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
			if (path === null || named.every((name) => name === "accountId")) continue;
			const body = endpoint.method === "GET" ? undefined : {};
			const status = await statusOf(bert, endpoint.method, path.replace("/accounts/", ""), body);
			// What only staff may do is refused before anything is looked for; what lacks its input, before its verb runs.
			expect.soft([403, 404, 422], `${endpoint.name} answers ${status}`).toContain(status);
			if (status === 404) for (const name of named) asked.add(name);
		}
		for (const name of ["orderId", "connectionId", "runId", "exchangeId", "alertId", "merchantId", "exportId"])
			expect([...asked], "things that were asked for").toContain(name);
		expect((await desk.api.orders.get({ accountId, orderId: foreign.orderId ?? "" })).held).toBe(false);
	});
	await test.step("each of them is in the audit log, with his address", async () => {
		for (const name of asked) {
			if (name === "accountId" || name === "sku" || foreign[name] === noPurchaseOrder) continue;
			const { items } = await desk.api.audit.list({ accountId, action: "tenancy.refused", thing: foreign[name] });
			expect
				.soft(
					items.map(({ actor }) => actor),
					`attempts at a ${name}`,
				)
				.toContain(address);
		}
		await page.goto(`/${accountId}/settings/audit?action=tenancy.refused&thing=${foreign.orderId}`);
		const row = page.getByRole("grid", { name: "Audit log" }).getByRole("row").filter({ hasText: address }).first();
		await expect(row).toContainText("Tenancy refused");
	});
});
