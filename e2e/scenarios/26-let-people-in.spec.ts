import type { Page } from "@playwright/test";
import { expectAccessible } from "../support/accessible";
import { accountOf, type Desk, deskOf, merchantNamed, orderNumbered, runToEnd, statusOf } from "../support/api";
import { openHub, openOrder, openPlace, shopName, stateOf, warehouseName } from "../support/hub";
import { linkIn, mailAbout } from "../support/mail";
import { buy } from "../support/outside";
import { join, signIn } from "../support/people";
import { expect, test } from "../support/test";
import { addressOf, endpoints } from "../support/walk";

const places = [
	...["", "orders", "orders/backorders", "purchase-orders", "inventory", "inventory/rules", "products", "connections"],
	...["merchants", "rules", "runs", "alerts", "mappings/ship-methods", "mappings/carriers", "mappings/items"],
	...["mappings/aliases", "mappings/kits", "mappings/sku-health"],
];
const settings = ["", "/people", "/links", "/api-keys", "/privacy", "/audit", "/notifications", "/you"];
/** Buttons that change something of the account, by how their names begin. */
const changes =
	/^(hold|release|resend|send|cancel|enable|mark|retry|run now|pause|resume|remove|rename|add|change|connect|correct|test|save|withdraw|invite|ask|hand|snooze|assign|resolve|close it|new|make|rotate|revoke|schedule of|everyone|erase|write|pull|unlink|end|publish|restore|import|start|go live|accept|keep|undo|edit|delete|discard|map|close shipped)\b/i;
/** What belongs to the person, not to the account. */
const ownPages = /\/settings\/(you|notifications)$/;

/** The buttons of the page's content that somebody could press and that would change something. */
async function changingButtons(page: Page): Promise<string[]> {
	await expect(page.getByRole("heading", { level: 1 }).first()).toBeVisible();
	await expect(page.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
	const buttons = page.getByRole("main").getByRole("button", { name: changes, disabled: false });
	const links = page.getByRole("main").getByRole("link", { name: /^(connect|add) (a|an)\b/i });
	return [...(await buttons.allInnerTexts()), ...(await links.allInnerTexts())];
}

async function pagesOf({ api, accountId }: Desk, number: string): Promise<string[]> {
	const order = await orderNumbered({ api, accountId }, number);
	const { items: runs } = await api.runs.list({ accountId });
	const { items: alerts } = await api.alerts.list({ accountId });
	const { items: stock } = await api.inventory.list({ accountId });
	const { items } = await api.connections.list({ accountId });
	const connections = [order.source.name, warehouseName].flatMap((name) => items.filter((one) => one.name === name));
	return [
		...places,
		...settings.map((path) => `settings${path}`),
		`orders/${order.id}`,
		...connections.flatMap(({ id }) =>
			["", "?tab=settings", "?tab=filters", "?tab=skipped", "/test"].map((more) => `connections/${id}${more}`),
		),
		`merchants/${order.merchant.id}/rules`,
		...stock.slice(0, 1).map(({ merchant, sku }) => `inventory/${merchant.id}/${sku}`),
		...runs.slice(0, 1).map(({ id }) => `runs/${id}`),
		...alerts.slice(0, 1).map(({ id }) => `alerts/${id}`),
	].map((path) => `/${accountId}/${path}`.replace(/\/$/, ""));
}

/** An order that stays New: it can be held, resent and canceled by whoever may. */
async function newOrder(desk: Desk): Promise<string> {
	const { code } = await buy([{ sku: "MUG", quantity: 1 }]);
	await runToEnd(desk, shopName, "Order Download");
	const { id } = await orderNumbered(desk, code);
	await desk.api.orders.hold({ accountId: desk.accountId, orderId: id });
	return code;
}

test("26 an operator is invited, joins by the mail, and does and sees what the role may", async ({
	page,
	anotherBrowser,
}) => {
	const address = "omar@harbour.test";
	await openHub(page);
	const desk = await deskOf(page);
	const number = await newOrder(desk);
	await test.step("the owner invites them", async () => {
		await page.goto(`/${desk.accountId}/settings/people`);
		await page.getByRole("button", { name: "Invite somebody" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox", { name: "Mail address" }).fill(address);
		await expect(dialog.getByRole("radio", { name: /^Operator/ })).toBeChecked();
		await expectAccessible(page, "Dialog of an invitation");
		await dialog.getByRole("button", { name: "Send the invitation" }).click();
		await expect(page.getByRole("grid", { name: "Invitations" })).toContainText(address);
	});
	const omar = await anotherBrowser();
	await test.step("the mail alone lets them in, once", async () => {
		const link = linkIn(await mailAbout(address, "Join "), "/invitation");
		await omar.goto(link);
		await expectAccessible(omar, "An invitation");
		await omar.getByRole("button", { name: "Join Harbour 3PL" }).click();
		await expect(omar.getByRole("heading", { level: 1, name: "Harbour 3PL" })).toBeVisible();
		await expect(page.getByRole("grid", { name: "People" })).toContainText(address);
		const other = await anotherBrowser();
		await other.goto(link);
		await expect(other.getByRole("heading", { name: "This invitation no longer works" })).toBeVisible();
		await expectAccessible(other, "An invitation that was used");
	});
	await test.step("works with orders, and sees no more of the settings than the role shows", async () => {
		await openOrder(omar, number);
		await omar.getByRole("button", { name: "Release" }).click();
		await expect(omar.getByRole("region", { name: "Journey" })).toContainText("Released");
		await openPlace(omar, "Settings");
		const nav = omar.getByRole("navigation", { name: "Settings" }).getByRole("link");
		await expect(nav).toHaveText(["Account", "People", "Notifications", "You"]);
		await omar.goto(`/${accountOf(omar)}/settings/api-keys`);
		await expect(omar.getByText(/Your role/).first()).toBeVisible();
		for (const [method, path] of [
			["POST", "merchants"],
			["POST", "invitations"],
			["GET", "audit"],
			["GET", "api-keys"],
		] as const)
			expect(await statusOf(omar, method, `${desk.accountId}/${path}`, method === "POST" ? {} : undefined), path).toBe(
				403,
			);
	});
});

test("26 a viewer finds no button to press, and the API refuses; elsewhere signed out, the next click leads to sign-in", async ({
	page,
	anotherBrowser,
	expected,
}) => {
	const address = "vera@harbour.test";
	await openHub(page);
	const desk = await deskOf(page);
	const { accountId } = desk;
	const number = await newOrder(desk);
	await desk.api.invitations.create({ accountId, email: address, role: "viewer" });
	const vera = await anotherBrowser();
	await join(vera, address);
	await test.step("no page has a button for her that changes something; the owner's have", async () => {
		const pages = await pagesOf(desk, number);
		const ownersPages = [];
		for (const path of pages) {
			const answer = await vera.goto(path);
			expect.soft(answer?.headers()["cache-control"], `what caches may keep of ${path}`).toContain("no-store");
			const found = await changingButtons(vera);
			if (!ownPages.test(path)) expect.soft(found, `buttons of ${path}`).toEqual([]);
		}
		for (const path of pages.filter((one) => /\/(orders|connections|merchants|settings\/people)\b/.test(one))) {
			await page.goto(path);
			if ((await changingButtons(page)).length > 0) ownersPages.push(path);
		}
		expect(ownersPages.length, "pages where the same look finds buttons of the owner").toBeGreaterThan(3);
	});
	await test.step("every endpoint that changes something refuses her", async () => {
		const merchantId = await merchantNamed(desk, "Blue Kettle");
		const { id: orderId, source } = await orderNumbered(desk, number);
		const { flows } = await desk.api.connections.get({ accountId, connectionId: source.id });
		const ids = { accountId, merchantId, orderId, connectionId: source.id, flowId: flows[0]?.id ?? "" };
		const writing = endpoints().filter(({ meta }) => meta.permission?.endsWith(":write"));
		for (const endpoint of writing) {
			// An id that nobody has stands for what is not at hand: the role is looked at first.
			const any = new Proxy<Record<string, string>>(ids, {
				get: (known, name) => known[String(name)] ?? "none_0000000000000",
			});
			const path = addressOf(endpoint, any)?.replace("/accounts/", "") ?? "";
			const status = await statusOf(vera, endpoint.method, path, endpoint.method === "GET" ? undefined : {});
			expect.soft(status, endpoint.name).toBe(403);
		}
		expect(writing.length, "endpoints that were asked").toBeGreaterThan(40);
		expect((await orderNumbered(desk, number)).held).toBe(true);
	});
	await test.step("signed out from another device, her next click leads to sign-in", async () => {
		const phone = await anotherBrowser();
		await signIn(phone, address);
		await openPlace(phone, "Settings");
		await phone.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: "You" }).click();
		const sessions = phone.getByRole("grid", { name: "Sessions" }).getByRole("row");
		await expect(sessions).toHaveCount(3);
		await vera.goto(`/${accountId}`);
		await expect(vera.getByRole("heading", { level: 1, name: "Harbour 3PL" })).toBeVisible();
		expected.push("401 /api/v1/");
		const other = sessions
			.filter({ has: phone.getByRole("button", { name: "Sign out" }) })
			.filter({ hasNotText: "(this one)" });
		await other.getByRole("button", { name: "Sign out" }).click();
		await phone.getByRole("alertdialog").getByRole("button", { name: "Sign out" }).click();
		await expect(sessions).toHaveCount(2);
		await vera.getByRole("navigation", { name: "Account" }).getByRole("link", { name: "Orders", exact: true }).click();
		await expect(vera.getByRole("textbox", { name: "Mail address" })).toBeVisible();
		await expect(vera).toHaveURL(/\/sign-in/);
		await openPlace(phone, "Orders");
	});
});

test("26 staff of chosen merchants see only those", async ({ page, anotherBrowser, expected }) => {
	const address = "cora@harbour.test";
	await openHub(page);
	const desk = await deskOf(page);
	await merchantNamed(desk, "Paper Boat");
	const number = await newOrder(desk);
	await test.step("the owner invites them for one merchant", async () => {
		await page.goto(`/${desk.accountId}/settings/people`);
		await page.getByRole("button", { name: "Invite somebody" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox", { name: "Mail address" }).fill(address);
		await dialog.getByText("Your staff, for chosen merchants only.").click();
		await dialog.getByText("Paper Boat").click();
		await expect(dialog.getByText("1 merchant chosen.")).toBeVisible();
		await dialog.getByRole("button", { name: "Send the invitation" }).click();
		await expect(page.getByRole("grid", { name: "Invitations" })).toContainText("Paper Boat");
	});
	const cora = await anotherBrowser();
	await join(cora, address);
	await openPlace(cora, "Merchants");
	const rows = cora.getByRole("grid", { name: "Merchants" }).getByRole("row");
	await expect(rows).toHaveCount(2);
	await expect(rows.filter({ hasText: "Paper Boat" })).toHaveCount(1);
	for (const place of ["Orders", "Connections", "Runs", "Alerts"]) {
		await openPlace(cora, place);
		await expect(cora.getByRole("status", { name: /^Loading/ })).toHaveCount(0);
		await expect(cora.getByRole("main")).not.toContainText("Blue Kettle");
	}
	expected.push("404 /api/v1/accounts/");
	const { id } = await orderNumbered(desk, number);
	await cora.goto(`/${desk.accountId}/orders/${id}`);
	await expect(cora.getByRole("alert").filter({ hasText: "There is no such" })).toBeVisible();
	await page.goto(`/${desk.accountId}/orders/${id}`);
	await expect(stateOf(page)).toContainText("Held");
});
