// What the tenancy walk found, in one line.
import { readFileSync } from "node:fs";
import path from "node:path";
import { root } from "./install.mjs";

/** Written by lib/api/tenancy.db.test.ts. */
export const report = path.join(root, "test-results/tenancy.json");

/** Undefined when the walk was not among what ran. */
export function tenancyLine() {
	try {
		const { endpoints, identities, walked } = JSON.parse(readFileSync(report, "utf8"));
		const answered = walked.filter((one) => one.answered).length;
		const refused = walked.length - answered;
		return `tenancy: ${endpoints} endpoints x ${identities} identities, ${refused} refused, ${answered} answered`;
	} catch {
		return undefined;
	}
}
