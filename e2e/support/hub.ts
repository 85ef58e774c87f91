/** Moves in the app's screens that several scenarios make, by role and label as a person finds them. */
import { expect, type Locator, type Page, test } from "@playwright/test";

export const shopName = "Vendure";
export const warehouseName = "Extensiv 3PL Warehouse Manager";

/** Opens the account of the person who is signed in. */
export async function openHub(page: Page): Promise<void> {
	await page.goto("/");
	await expect(page.getByRole("navigation", { name: "Account" })).toBeVisible();
}

/** Opens a place of the menu. */
export async function openPlace(page: Page, place: string): Promise<void> {
	// Begins with the place's name: a count may follow it, and another place may end with it.
	const link = page.getByRole("navigation", { name: "Account" }).getByRole("link", { name: new RegExp(`^${place}`) });
	await link.click();
	await expect(link).toHaveAttribute("aria-current", "page");
	await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** Opens the row of a list by its name. */
export async function openRow(page: Page, list: string, name: string): Promise<void> {
	await page.getByRole("grid", { name: list }).getByRole("link", { name, exact: true }).click();
	await expect(page.getByRole("heading", { level: 1, name })).toBeVisible();
}

export async function openConnection(page: Page, name: string): Promise<void> {
	await openPlace(page, "Connections");
	await openRow(page, "Connections", name);
}

export async function openOrder(page: Page, number: string): Promise<void> {
	await openPlace(page, "Orders");
	await openRow(page, "Orders", number);
}

/** Presses Run now of a function on its connection's page. */
export async function runNow(page: Page, connection: string, title: string): Promise<void> {
	await test.step(`Run now: ${title}`, async () => {
		await openConnection(page, connection);
		await page.getByRole("button", { name: `Run now: ${title}` }).click();
	});
}

/** What stands beside the page's title: the state of an order or a connection. */
export function stateOf(page: Page): Locator {
	return page.getByRole("heading", { level: 1 }).locator("..");
}

/** A text field of a form. */
export function field(page: Page, label: string): Locator {
	return page.getByLabel(label, { exact: true });
}

/** Takes an option of a list that opens. */
export async function choose(within: Page | Locator, label: string, option: string): Promise<void> {
	await within.getByRole("button", { name: label }).click();
	const page = "page" in within ? within.page() : within;
	await page.getByRole("option", { name: option, exact: true }).click();
}

/** The page of a connection stands there, and says that it works. */
export async function expectActive(page: Page, name: string): Promise<void> {
	await expect(page.getByRole("heading", { level: 1, name, exact: true })).toBeVisible();
	await expect(stateOf(page)).toContainText("Active");
}
