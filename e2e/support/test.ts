/** The test function of all scenarios: a page that must stay without errors, failed requests and calls to the outside. */
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { theWorld, type World } from "./world";

interface Fixtures {
	world: World;
	/** Answers that a scenario provokes on purpose, as "409 /api/v1/…" in part. */
	expected: string[];
	/** What went wrong on any page so far. */
	problems: string[];
	clean: undefined;
	/** Opens one more browser, in which nobody is signed in; it is watched like the first. */
	anotherBrowser: () => Promise<Page>;
}

export const test = base.extend<Fixtures>({
	world: async ({ browserName: _ }, use) => use(theWorld()),
	baseURL: async ({ browserName: _ }, use) => use(theWorld().appUrl),
	expected: async ({ browserName: _ }, use) => use([]),
	problems: async ({ browserName: _ }, use) => use([]),
	clean: [
		async ({ context, expected, problems, world }, use) => {
			watchAll(context, world, problems);
			await use(undefined);
			const unexpected = problems.filter((problem) => !expected.some((words) => problem.includes(words)));
			expect(unexpected, "page errors, failed requests and calls to the outside").toEqual([]);
		},
		{ auto: true },
	],
	anotherBrowser: async ({ browser, problems, world }, use) => {
		const opened: BrowserContext[] = [];
		await use(async () => {
			const context = await browser.newContext({ baseURL: world.appUrl, storageState: { cookies: [], origins: [] } });
			opened.push(context);
			watchAll(context, world, problems);
			return context.newPage();
		});
		for (const context of opened) await context.close();
	},
});
export { expect };

function watchAll(context: BrowserContext, world: World, problems: string[]): void {
	context.on("page", (page) => watch(page, world, problems));
	for (const page of context.pages()) watch(page, world, problems);
}

function watch(page: Page, { appUrl, inboxUrl }: World, problems: string[]): void {
	page.on("pageerror", (error) => problems.push(`page error on ${page.url()}: ${error.stack ?? error.message}`));
	page.on("console", (message) => {
		// A refused request is told by its answer below, with its address.
		if (message.type() !== "error" || message.text().startsWith("Failed to load resource")) return;
		problems.push(`console on ${page.url()}: ${message.text()}`);
	});
	page.on("request", (request) => {
		const url = request.url();
		if (![appUrl, inboxUrl].some((own) => url.startsWith(`${own}/`)) && !/^(data|blob):/.test(url))
			problems.push(`call to the outside: ${url}`);
	});
	page.on("requestfailed", (request) => {
		const reason = request.failure()?.errorText ?? "";
		// The browser drops what a page that is left had asked for.
		if (reason !== "net::ERR_ABORTED") problems.push(`${reason} ${request.method()} ${request.url()}`);
	});
	page.on("response", (response) => {
		if (response.status() >= 400) problems.push(`${response.status()} ${new URL(response.url()).pathname}`);
	});
}
