import path from "node:path";
import { defineConfig } from "vitest/config";

const root = path.resolve(import.meta.dirname, "..");

/** What restarts databases and migrates new ones needs a process of its own: Prisma's engine opens once in each. */
const alone = ["workers/chaos/**/*.test.ts", "lib/launch/**/*.test.ts", "e2e/vendure/**/*.test.ts"];

const shared = { setupFiles: ["lib/testing/runtime.ts"], testTimeout: 120_000, hookTimeout: 180_000 };
const resolve = { alias: { "@": root } };

export default defineConfig({
	root,
	resolve,
	test: {
		// One server for all of them.
		globalSetup: ["lib/testing/global-setup.ts"],
		maxWorkers: 2,
		projects: [
			{ root, resolve, test: { ...shared, name: "alone", include: alone } },
			{
				root,
				resolve,
				test: {
					...shared,
					name: "together",
					include: ["lib/**/*.test.ts", "workers/**/*.test.ts", "components/**/*.test.ts", "bench/**/*.test.ts"],
					exclude: alone,
					// Modules are loaded once per worker; loading them anew for every file took a fifth of the time.
					isolate: false,
				},
			},
		],
	},
});
