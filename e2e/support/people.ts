/** How people of the scenarios come in. */
import { expect, type Page } from "@playwright/test";
import { linkIn, mailAbout, nextSignInLink, signInLinks } from "./mail";

/** Signs in by a link from the mail, up to the press on its button. */
export async function signIn(page: Page, address: string): Promise<void> {
	const known = await signInLinks(address);
	await page.context().clearCookies();
	await page.goto("/sign-in");
	await page.getByRole("textbox", { name: "Mail address" }).fill(address);
	await page.getByRole("button", { name: "Mail me a link" }).click();
	await page.goto(await nextSignInLink(address, known));
	await page.getByRole("button", { name: "Sign in to Crossdock" }).click();
}

/** Opens the account of a company as a new person. */
export async function openAccount(page: Page, address: string, company: { name: string; kind: string }): Promise<void> {
	await signIn(page, address);
	await page.getByText(company.kind).click();
	await page.getByRole("textbox", { name: "Name of the company" }).fill(company.name);
	await page.getByRole("button", { name: "Open the account" }).click();
	await expect(page.getByRole("heading", { level: 1, name: company.name })).toBeVisible();
}

/** Follows the one invitation that went to an address. */
export async function join(page: Page, address: string): Promise<void> {
	await page.goto(linkIn(await mailAbout(address, "Join "), "/invitation"));
	await page.getByRole("button", { name: /^Join / }).click();
	await expect(page.getByRole("navigation", { name: "Account" })).toBeVisible();
}
