import path from "node:path";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./support/browser";

/** The account that the first scenario opens is the one in which all others work. */
export const signedIn = path.resolve(import.meta.dirname, "../test-results/signed-in.json");

export default defineConfig({
	testDir: "scenarios",
	outputDir: "../test-results/browser",
	globalSetup: "./support/global-setup.ts",
	reporter: "./support/reporter.ts",
	workers: 1,
	retries: 0,
	timeout: 600_000,
	expect: { timeout: 30_000 },
	use: {
		viewport: { width: 1440, height: 900 },
		locale: "en-GB",
		timezoneId: "America/New_York",
		reducedMotion: "reduce",
		actionTimeout: 30_000,
		navigationTimeout: 30_000,
		screenshot: "only-on-failure",
		launchOptions: await findBrowser(),
	},
	projects: [
		{ name: "set up", testMatch: "01-*.spec.ts" },
		{
			name: "scenarios",
			testIgnore: "01-*.spec.ts",
			dependencies: ["set up"],
			use: { storageState: signedIn },
		},
	],
});
