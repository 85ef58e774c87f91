import { expectAccessible } from "../support/accessible";
import { deskOf, merchantNamed, orderNumbered, runToEnd } from "../support/api";
import { choose, expectActive, field, openHub, openPlace, stateOf } from "../support/hub";
import { linkIn, type Mail, mailAbout } from "../support/mail";
import { buyInSecondShop } from "../support/outside";
import { expect, test } from "../support/test";

const owner = "lena@redlamp.test";
const shop = "Red Lamp's shop";

test("02 a merchant without a login connects the cart by a link that works once", async ({
	page,
	world,
	anotherBrowser,
}) => {
	await openHub(page);
	const desk = await deskOf(page);
	await merchantNamed(desk, "Red Lamp");
	await page.reload();
	const asks = "asks you to connect Vendure";
	let withdrawn: Mail | undefined;
	let link = "";
	const { apiUrl, apiKey } = world.secondShop.settings;
	await test.step("asks for the access details by mail", async () => {
		await openPlace(page, "Connections");
		await page.getByRole("link", { name: "Connect a system" }).click();
		await expect(page.getByRole("heading", { level: 1, name: "Connect a system" })).toBeVisible();
		await choose(page.getByRole("main"), "Merchant", "Red Lamp");
		await page.getByRole("button", { name: "Connect Vendure" }).click();
		await page.getByRole("button", { name: "Ask by mail" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox", { name: "Name of the connection" }).fill(shop);
		await dialog.getByRole("textbox", { name: "Mail address" }).fill(owner);
		await expectAccessible(page, "Dialog that asks for access details");
		await dialog.getByRole("button", { name: "Send the link" }).click();
		await expect(dialog.getByRole("heading", { name: "The link is on its way" })).toBeVisible();
		await dialog.getByRole("button", { name: "Done" }).click();
		await expect(stateOf(page)).toContainText("Not set up");
		withdrawn = await mailAbout(owner, asks);
	});
	const asked = page.getByRole("listitem").filter({ hasText: owner });
	await test.step("withdraws the link: it opens nothing any more", async () => {
		await asked.getByRole("button", { name: "Withdraw" }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Withdraw" }).click();
		await expect(asked).toContainText("Withdrawn");
		const guest = await anotherBrowser();
		await guest.goto(linkIn(withdrawn as Mail, "/connect/"));
		await expect(guest.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
		await expectAccessible(guest, "A share link that was withdrawn");
	});
	await test.step("sends another", async () => {
		await page.getByRole("button", { name: "Ask by mail" }).click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox", { name: "Mail address" }).fill(owner);
		await dialog.getByRole("button", { name: "Send the link" }).click();
		await dialog.getByRole("button", { name: "Done" }).click();
		await expect(asked.filter({ hasText: "Pending" })).toHaveCount(1);
		link = linkIn(await mailAbout(owner, asks, [withdrawn as Mail]), "/connect/");
	});
	await test.step("in another browser, the merchant tries a wrong key and then connects", async () => {
		const guest = await anotherBrowser();
		await guest.goto(link);
		await expect(guest.getByText(/Harbour 3PL asks Red Lamp for access/)).toBeVisible();
		await expectAccessible(guest, "Page of a share link");
		await field(guest, "Admin API address").fill(apiUrl);
		await field(guest, "API key").fill("not-the-key");
		await guest.getByRole("button", { name: "Connect", exact: true }).click();
		await expect(field(guest, "API key")).toHaveAttribute("aria-invalid", "true");
		await field(guest, "API key").fill(apiKey);
		await guest.getByRole("button", { name: "Connect", exact: true }).click();
		await expect(guest.getByText("Vendure is connected")).toBeVisible();
		await expectAccessible(guest, "A share link that was used");
	});
	await test.step("the cart is Active at the warehouse's, which never sees the key", async () => {
		await expectActive(page, shop);
		await expect(asked.filter({ hasText: "Used" })).toHaveCount(1);
		await page.getByRole("tab", { name: "Settings" }).click();
		await expect(field(page, "Admin API address")).toHaveValue(apiUrl);
		expect(await page.content()).not.toContain(apiKey);
	});
	await test.step("both sides got a mail", async () => {
		await mailAbout(owner, "Vendure is connected to Harbour 3PL");
		const told = await mailAbout("rosa@harbour.test", `${shop} is connected`);
		expect(told.text).toContain(owner);
	});
	await test.step("a second use is refused", async () => {
		const guest = await anotherBrowser();
		await guest.goto(link);
		await expect(guest.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
		const again = await guest.request.post("/api/v1/connect", {
			headers: { authorization: `ShareLink ${link.split("/").at(-1)}` },
			data: { values: { apiUrl, apiKey } },
		});
		expect(again.ok(), "the API takes it a second time").toBe(false);
	});
	await test.step("its orders come in", async () => {
		const number = await buyInSecondShop([{ sku: "LAMP", quantity: 1 }]);
		await runToEnd(desk, shop, "Order Download");
		expect((await orderNumbered(desk, number)).merchant.name).toBe("Red Lamp");
	});
});
