import path from "node:path";
import { defineConfig } from "vitest/config";

const root = path.resolve(import.meta.dirname, "..");

export default defineConfig({
	root,
	resolve: { alias: { "@": root } },
	test: {
		include: [
			"lib/**/*.test.ts",
			"workers/**/*.test.ts",
			"components/**/*.test.ts",
			"e2e/vendure/**/*.test.ts",
			"bench/**/*.test.ts",
		],
		globalSetup: ["lib/testing/global-setup.ts"],
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
});
