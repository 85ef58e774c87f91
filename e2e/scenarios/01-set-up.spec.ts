import { signedIn } from "../playwright.config";
import { expectAccessible } from "../support/accessible";
import { choose, expectActive, field, openPlace, openRow, shopName } from "../support/hub";
import { nextSignInLink } from "../support/mail";
import { expect, test } from "../support/test";

const address = "rosa@harbour.test";

test("01 a new person signs in, opens an account and connects a warehouse and a shop", async ({
	page,
	world,
	browser,
}) => {
	let link = "";
	await test.step("asks for a link on the sign-in page", async () => {
		await page.goto("/sign-in");
		await expectAccessible(page, "Sign in");
		await page.getByRole("textbox", { name: "Mail address" }).fill("rosa");
		await page.getByRole("button", { name: "Mail me a link" }).click();
		await expect(page.getByText("Enter your whole mail address")).toBeVisible();
		await page.getByRole("textbox", { name: "Mail address" }).fill(address);
		await page.getByRole("button", { name: "Mail me a link" }).click();
		await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();
		await expectAccessible(page, "Check your mail");
		link = await nextSignInLink(address);
	});
	await test.step("opens the mail's link twice, which uses nothing up, and presses its button", async () => {
		for (let time = 0; time < 2; time++) {
			await page.goto(link);
			await expect(page.getByRole("main")).toContainText(address);
		}
		await expectAccessible(page, "The link's page");
		await page.getByRole("button", { name: "Sign in to Crossdock" }).click();
		await expect(page.getByRole("heading", { name: "Open an account" })).toBeVisible();
	});
	await test.step("opens a Fulfillment account", async () => {
		await expectAccessible(page, "Open an account");
		await page.getByText("We are a warehouse (3PL)").click();
		await expect(page.getByRole("radio", { name: /We are a warehouse/ })).toBeChecked();
		await page.getByRole("textbox", { name: "Name of the company" }).fill("Harbour 3PL");
		await page.getByRole("button", { name: "Open the account" }).click();
		await expect(page.getByRole("heading", { level: 1, name: "Harbour 3PL" })).toBeVisible();
		await expectAccessible(page, "Overview of an empty account");
		await page.context().storageState({ path: signedIn });
	});
	await test.step("adds a merchant", async () => {
		await page.getByRole("region", { name: "First steps" }).getByRole("link", { name: "Add a merchant" }).click();
		await expect(page.getByRole("heading", { name: "Merchants" })).toBeVisible();
		await page.getByRole("button", { name: "Add a merchant" }).first().click();
		const dialog = page.getByRole("dialog");
		await dialog.getByRole("textbox", { name: "Name" }).fill("Blue Kettle");
		await expectAccessible(page, "Dialog of a new merchant");
		await dialog.getByRole("button", { name: "Add" }).click();
		await expect(page.getByRole("grid", { name: "Merchants" })).toContainText("Blue Kettle");
	});
	await test.step("meets the warehouse's form with a wrong secret: the test names the field", async () => {
		await openPlace(page, "Overview");
		await page.getByRole("link", { name: "Connect a warehouse" }).click();
		await page.getByRole("button", { name: "Connect Extensiv 3PL Warehouse Manager" }).click();
		await page.getByRole("button", { name: "Advanced" }).first().click();
		const { settings } = world.warehouse;
		await field(page, "Address").fill(settings.baseUrl);
		await field(page, "Client ID").fill(settings.clientId);
		await field(page, "Client secret").fill("not-the-secret");
		await field(page, "TPL key").fill(settings.tplKey);
		await field(page, "User login ID").fill(settings.userLoginId);
		await field(page, "Customer ID").fill(String(settings.customerId));
		await field(page, "Facility").fill(String(settings.facilityId));
		await expectAccessible(page, "Form of the warehouse");
		await page.getByRole("button", { name: "Test connection" }).click();
		await expect(page.getByText("It does not work yet")).toBeVisible();
		await expect(field(page, "Client secret")).toHaveAccessibleDescription(/secret/i);
		await expect(field(page, "Client secret")).toHaveAttribute("aria-invalid", "true");
		await expect(field(page, "Client ID")).not.toHaveAttribute("aria-invalid", "true");
		await expectAccessible(page, "Form of the warehouse with a problem");
	});
	await test.step("corrects it, loads the facilities, and keeps the access for all merchants", async () => {
		await field(page, "Client secret").fill(world.warehouse.settings.clientSecret);
		await page.getByRole("button", { name: "Test connection" }).click();
		await expect(page.getByText("It works")).toBeVisible();
		await page.getByRole("button", { name: "Load from Extensiv 3PL Warehouse Manager" }).click();
		await choose(page, "Facility", "East (2)");
		await page.getByText("Keep the warehouse's access for all merchants").click();
		await field(page, "Name of the shared settings").fill("Harbour warehouse");
		await page.getByRole("button", { name: "Save and start" }).click();
		await expectActive(page, "Extensiv 3PL Warehouse Manager");
		await expectAccessible(page, "Page of the warehouse");
	});
	await test.step("connects the Vendure shop with an API key", async () => {
		await openPlace(page, "Connections");
		await page.getByRole("link", { name: "Connect a system" }).click();
		await expectAccessible(page, "Systems to connect");
		await page.getByRole("button", { name: "Connect Vendure" }).click();
		const { settings } = world.shop.seeded;
		await field(page, "Admin API address").fill(settings.apiUrl);
		await field(page, "API key").fill(settings.apiKey);
		await field(page, "Stock location").fill(settings.stockLocation);
		await expectAccessible(page, "Form of the shop");
		await page.getByRole("button", { name: "Save and start" }).click();
		await expectActive(page, "Vendure");
	});
	await test.step("sees both Active in the list", async () => {
		await openPlace(page, "Connections");
		const rows = page.getByRole("grid", { name: "Connections" }).getByRole("row").filter({ hasText: "Active" });
		await expect(rows).toHaveCount(2);
		await expectAccessible(page, "Connections");
	});
	await test.step("lets the shop go live, before any order waits", async () => {
		await openRow(page, "Connections", shopName);
		await page.getByRole("link", { name: "Check and go live" }).click();
		await expect(page.getByRole("heading", { name: "No order waits" })).toBeVisible();
		await expectAccessible(page, "Go live without orders");
		await page.getByRole("button", { name: "Go live", exact: true }).click();
		await expect(page.getByRole("button", { name: "Back to test" })).toBeVisible();
	});
	await test.step("finds the link used up, and signs in again with a new one", async () => {
		const other = await browser.newContext({ baseURL: world.appUrl });
		const stranger = await other.newPage();
		await stranger.goto(link);
		await stranger.getByRole("button", { name: "Sign in to Crossdock" }).click();
		await expect(stranger.getByText("This link was used already")).toBeVisible();
		await expectAccessible(stranger, "A link that was used");
		await stranger.getByRole("textbox", { name: "Mail address" }).fill(address);
		await stranger.getByRole("button", { name: "Mail me a link" }).click();
		await stranger.goto(await nextSignInLink(address, [link]));
		await stranger.getByRole("button", { name: "Sign in to Crossdock" }).click();
		await expect(stranger.getByRole("heading", { level: 1, name: "Harbour 3PL" })).toBeVisible();
		await other.close();
	});
});
