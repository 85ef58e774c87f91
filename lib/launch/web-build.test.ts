import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hashOf } from "./web-build";

let root: string;
const write = (name: string, text = "") => {
	mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
	writeFileSync(path.join(root, name), text);
};
const sum = () => hashOf(root, ["app", "lib", "missing", "package.json"]);

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), "crossdock-sources-"));
	write("app/[...path]/page.tsx", "one");
	write("lib/flow/run.ts", "two");
	write("package.json", "{}");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe("the web app's sources", () => {
	it.each(["app/[...path]/page.tsx", "lib/flow/run.ts", "package.json", "app/new.tsx"])(
		"%s makes another build",
		(name) => {
			const before = sum();
			write(name, "changed");
			expect(sum()).not.toBe(before);
		},
	);

	it.each([
		"lib/flow/run.test.ts",
		"lib/flow/run.db.test.ts",
		"lib/testing/tenant.ts",
		"lib/launch/main.ts",
		"lib/db/generated/client.ts",
		"lib/connectors/vendure/sandbox/store.ts",
	])("%s does not", (name) => {
		const before = sum();
		write(name, "changed");
		expect(sum()).toBe(before);
	});
});
