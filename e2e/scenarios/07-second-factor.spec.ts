import type { Page } from "@playwright/test";
import { Secret, TOTP } from "otpauth";
import { expectAccessible } from "../support/accessible";
import { openAccount, signIn } from "../support/people";
import { expect, test } from "../support/test";

const address = "pia@harbour.test";

/** Somebody whom nobody knows yet. */
test.use({ storageState: { cookies: [], origins: [] } });

/** A device of the browser that makes passkeys and lets its owner through. */
async function giveDevice(page: Page): Promise<void> {
	const devtools = await page.context().newCDPSession(page);
	await devtools.send("WebAuthn.enable");
	await devtools.send("WebAuthn.addVirtualAuthenticator", {
		options: {
			...{ protocol: "ctap2", transport: "internal" },
			...{ hasResidentKey: true, hasUserVerification: true, isUserVerified: true },
		},
	});
}

test("07 a second factor is set up, asked for at sign-in, and demanded of everyone", async ({ page, expected }) => {
	// An owner without a factor cannot demand one.
	expected.push("409 /api/v1/accounts/");
	let start = "";
	let digits: () => string;
	let codes: string[] = [];
	await test.step("a new owner cannot demand what they do not have", async () => {
		await openAccount(page, address, { name: "Pia's 3PL", kind: "We are a warehouse (3PL)" });
		start = new URL(page.url()).pathname;
		await page.goto(`${start}/settings`);
		await page.getByText("Everyone must use a second factor").click();
		await expect(page.getByText("Set up your own second factor first")).toBeVisible();
		await expect(page.getByRole("switch")).not.toBeChecked();
	});
	await test.step("sets up an authenticator app and keeps the recovery codes", async () => {
		await page.getByRole("link", { name: "Set up mine" }).click();
		await page.getByRole("button", { name: "Set up", exact: true }).click();
		const key = await page.getByRole("textbox", { name: "Key for the app" }).inputValue();
		digits = () => TOTP.generate({ secret: Secret.fromBase32(key), timestamp: Date.now() });
		await expectAccessible(page, "Setting up an app");
		await page.getByRole("textbox", { name: "Type the six digits" }).fill(digits());
		await page.getByRole("button", { name: "Turn it on" }).click();
		const shown = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
		await expect(shown).toHaveCount(10);
		codes = await shown.allInnerTexts();
		await expectAccessible(page, "Recovery codes");
		await page.getByRole("button", { name: "I have kept them" }).click();
	});
	await test.step("adds a passkey", async () => {
		await giveDevice(page);
		await page.getByRole("button", { name: "Add a passkey" }).click();
		await page.getByRole("textbox", { name: "Name of the passkey" }).fill("Office laptop");
		await page.getByRole("button", { name: "Make the passkey" }).click();
		await expect(page.getByRole("list", { name: "Passkeys" })).toContainText("Office laptop");
		await expectAccessible(page, "A second factor that is on");
	});
	await test.step("demands one of everyone; the list of people shows who has one", async () => {
		await page.goto(`${start}/settings`);
		await page.getByText("Everyone must use a second factor").click();
		await expect(page.getByRole("switch")).toBeChecked();
		await page.goto(`${start}/settings/people`);
		await expect(page.getByRole("grid", { name: "People" })).toContainText("With second factor");
	});
	await test.step("signs in with the passkey; the link alone opens no page", async () => {
		await signIn(page, address);
		await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
		await expectAccessible(page, "The second factor at sign-in");
		await page.goto(`${start}/orders`);
		await expect(page.getByRole("heading", { name: "One more step" })).toBeVisible();
		await page.getByRole("button", { name: "Use a passkey" }).click();
		await expect(page.getByRole("heading", { level: 1, name: "Pia's 3PL" })).toBeVisible();
	});
	await test.step("signs in with a recovery code and turns the factor off: the account shuts", async () => {
		await signIn(page, address);
		await page.getByRole("button", { name: /use a recovery code/ }).click();
		await page.getByRole("textbox", { name: "Recovery code" }).fill(codes[0] ?? "");
		await page.getByRole("button", { name: "Go on" }).click();
		await expect(page.getByRole("heading", { level: 1, name: "Pia's 3PL" })).toBeVisible();
		await page.goto(`${start}/settings/you`);
		await expect(page.getByText("9 codes left")).toBeVisible();
		expected.push("403 /api/v1/accounts/");
		await page.getByRole("button", { name: "Turn off" }).click();
		await page.getByRole("alertdialog").getByRole("button", { name: "Turn off" }).click();
		await expect(page.getByRole("heading", { name: "Your second factor" })).toBeVisible();
		await expect(page.getByText("Pia's 3PL lets people in with a second factor only.")).toBeVisible();
		await expectAccessible(page, "A second factor that is demanded");
	});
	await test.step("sets one up there, and is let in", async () => {
		await page.getByRole("button", { name: "Set up", exact: true }).click();
		const key = await page.getByRole("textbox", { name: "Key for the app" }).inputValue();
		const secret = Secret.fromBase32(key);
		await page.getByRole("textbox", { name: "Type the six digits" }).fill(TOTP.generate({ secret }));
		await page.getByRole("button", { name: "Turn it on" }).click();
		await page.getByRole("button", { name: "I have kept them" }).click();
		await expect(page.getByRole("heading", { level: 1, name: "Pia's 3PL" })).toBeVisible();
	});
});
