import { expect, type Page, test } from "@playwright/test";
import axe, { type RunOnly } from "axe-core";

export const wide = { width: 1440, height: 900 };
export const narrow = { width: 390, height: 844 };
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
/** What another theme can change of a page: its colours. */
const ofColours = ["color-contrast", "link-in-text-block"];

/** axe finds nothing on the page as it stands, in light and dark, wide and narrow; narrow, nothing overflows. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
	await test.step(`${name}: accessible in light and dark, at ${wide.width} and ${narrow.width} px`, async () => {
		const before = page.viewportSize() ?? wide;
		// The title of a page one went to within the app follows a moment later.
		await expect(page).toHaveTitle(/Crossdock/);
		for (const size of [wide, narrow]) {
			await page.setViewportSize(size);
			if (size === narrow) await expectNoOverflow(page, name);
			for (const colorScheme of ["light", "dark"] as const) {
				await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
				expect
					.soft(
						await violations(page, colorScheme === "light" ? { tags } : { rules: ofColours }),
						`${name}, ${colorScheme}, ${size.width} px`,
					)
					.toEqual([]);
			}
		}
		await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
		await page.setViewportSize(before);
	});
}

/** What axe found, one line per place. */
async function violations(page: Page, asked: { tags: string[] } | { rules: string[] }): Promise<string[]> {
	if (!(await page.evaluate(() => "axe" in window))) {
		await page.evaluate(axe.source);
		// A colour on its way from light to dark is neither.
		await page.evaluate(() => {
			const sheet = new CSSStyleSheet();
			sheet.replaceSync("*, *::before, *::after { transition: none !important; }");
			document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
		});
	}
	const runOnly: RunOnly =
		"tags" in asked ? { type: "tag", values: asked.tags } : { type: "rule", values: asked.rules };
	return page.evaluate(async (only) => {
		const { axe: checker } = window as unknown as { axe: typeof import("axe-core") };
		// What React Aria announced stays there some seconds longer than what it names.
		const found = await checker.run(
			{ exclude: ["[data-live-announcer]"] },
			{ runOnly: only, resultTypes: ["violations"] },
		);
		// The bars of a strip of runs are small by design: each run is also a row of a list (WCAG 2.5.8, equivalent).
		// A grid's cell takes the arrow keys; what is pressed are the fields in it.
		const isNoTarget = (selector: unknown) => {
			const element = document.querySelector(String(selector));
			return element?.matches('[role="gridcell"]') || element?.closest('ol[aria-label$="runs, oldest first"]');
		};
		return found.violations.flatMap(({ id, nodes }) =>
			nodes
				.filter(({ target }) => id !== "target-size" || !isNoTarget(target[0]))
				.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary?.replaceAll("\n", " ")}`),
		);
	}, runOnly);
}

/** Nothing sticks out at the right of the window; what scrolls within itself does not count. */
export async function expectNoOverflow(page: Page, name: string): Promise<void> {
	await expect
		.configure({ soft: true, timeout: 5_000 })
		.poll(() => page.evaluate(stickingOut), { message: `${name}, what overflows at ${page.viewportSize()?.width} px` })
		.toEqual([]);
}

/** Runs in the page: the elements that make it wider than the window, innermost first. */
function stickingOut(): string[] {
	const { scrollWidth, clientWidth } = document.documentElement;
	if (scrollWidth <= clientWidth) return [];
	const clipped = (element: Element): boolean => {
		const parent = element.parentElement;
		return parent !== null && (getComputedStyle(parent).overflowX !== "visible" || clipped(parent));
	};
	const wide = [...document.querySelectorAll("body *")]
		.filter((element) => element.getBoundingClientRect().right > clientWidth + 0.5 && !clipped(element))
		.map((element) => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}">`);
	return [`${scrollWidth - clientWidth} px`, ...wide.reverse().slice(0, 5)];
}
