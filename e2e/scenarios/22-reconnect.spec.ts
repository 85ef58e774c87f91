import { expectAccessible } from "../support/accessible";
import { connectionNamed, deskOf, orderNumbered, runToEnd } from "../support/api";
import { expectActive, field, openConnection, openHub, openPlace, shopName, stateOf } from "../support/hub";
import { linkIn, mailAbout, mailsTo } from "../support/mail";
import { buy, newShopKey } from "../support/outside";
import { expect, test } from "../support/test";

const owner = "rosa@harbour.test";
const sentence = `no longer accepts the access details of ${shopName}`;

/** The key of all other scenarios is back, however this one ended. */
test.afterEach(async ({ page, world }) => {
	const { api, accountId } = await deskOf(page);
	const { id: connectionId } = await connectionNamed({ api, accountId }, shopName);
	await api.connections.update({ accountId, connectionId, values: { apiKey: world.shop.seeded.apiKey } });
});

test("22 the cart's key ends: the connection needs reconnect, a mail leads there, and the missed orders load", async ({
	page,
	world,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	const { accountId } = desk;
	const { id: connectionId } = await connectionNamed(desk, shopName);
	const key = await newShopKey();
	await desk.api.connections.update({ accountId, connectionId, values: { apiKey: key.apiKey } });
	const known = await mailsTo(owner);
	const missed = [(await buy([{ sku: "TEE", quantity: 1 }])).code, (await buy([{ sku: "MUG", quantity: 1 }])).code];
	await test.step("the key is ended in the shop: one alert, and no order in error", async () => {
		await key.end();
		const before = (await desk.api.orders.list({ accountId, state: "error" })).items.length;
		await runToEnd(desk, shopName, "Order Download");
		await openConnection(page, shopName);
		await expect(stateOf(page)).toContainText("Needs reconnect");
		await expectAccessible(page, "Connection that needs reconnect");
		await openPlace(page, "Alerts");
		await expect(page.getByRole("listitem").filter({ hasText: sentence })).toHaveCount(1);
		expect((await desk.api.orders.list({ accountId, state: "error" })).items.length).toBe(before);
	});
	await test.step("the mail leads to the alert, and that to the connection's settings", async () => {
		await page.goto(linkIn(await mailAbout(owner, sentence, known), `/${accountId}/alerts/`));
		await expect(page.getByRole("main")).toContainText(sentence);
		await expectAccessible(page, "Alert of a connection that needs reconnect");
		await page.getByRole("link", { name: "Open the connection" }).click();
		await page.getByRole("button", { name: "Correct the settings" }).click();
	});
	await test.step("a key that works lets the missed orders in, each once", async () => {
		await field(page, "API key").fill(world.shop.seeded.apiKey);
		await page.getByRole("button", { name: "Save settings" }).click();
		await expectActive(page, shopName);
		for (const code of missed) {
			await orderNumbered(desk, code);
			expect((await desk.api.orders.list({ accountId, search: code })).items).toHaveLength(1);
		}
		await openPlace(page, "Alerts");
		await expect(page.getByRole("heading", { level: 1, name: "Alerts" })).toBeVisible();
		await expect(page.getByRole("listitem").filter({ hasText: sentence })).toHaveCount(0);
	});
});
