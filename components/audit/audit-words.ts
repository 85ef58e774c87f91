import type { z } from "zod";
import type { auditEntry } from "@/lib/api/contract/audit";

export type AuditEntry = z.output<typeof auditEntry>;

/** "merchant.renamed" reads "Merchant renamed". */
export function actionWords(action: string): string {
	const words = action.replace(".", " ").replaceAll("-", " ");
	return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What the thing is called, as far as the entry tells. */
export function thingWords({ before, after }: Pick<AuditEntry, "before" | "after">): string | null {
	for (const facts of [after, before])
		for (const key of ["name", "number", "email"]) {
			const value = facts?.[key];
			if (typeof value === "string" || typeof value === "number") return String(value);
		}
	return null;
}

/** Below the account's address; null for things without a page. */
export function thingPath(subjectType: string, subjectId: string): string | null {
	const pages: Record<string, string> = {
		order: `orders/${subjectId}`,
		"purchase-order": `purchase-orders/${subjectId}`,
		connection: `connections/${subjectId}`,
		run: `runs/${subjectId}`,
		merchant: "merchants",
		alert: `alerts/${subjectId}`,
		rules: `merchants/${subjectId}/rules`,
		"item-codes": "mappings/items",
		"stock-rules": "inventory/rules",
		webhook: "settings/notifications",
		credential: "settings",
		person: "settings/people",
		invitation: "settings/people",
		"account-link": "settings/links",
		account: "settings",
		apiKey: "settings/api-keys",
		erasure: "settings/privacy",
		export: "settings/privacy",
	};
	return pages[subjectType] ?? null;
}

export interface Change {
	field: string;
	before: string | null;
	after: string | null;
}

/** What an entry changed, field by field; a field that stayed the same is left out. */
export function changesOf({ before, after }: Pick<AuditEntry, "before" | "after">): Change[] {
	const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
	return [...fields]
		.map((field) => ({ field, before: valueWords(before?.[field]), after: valueWords(after?.[field]) }))
		.filter((change) => change.before !== change.after);
}

function valueWords(value: unknown): string | null {
	if (value === null || value === undefined || value === "") return null;
	return typeof value === "object" ? JSON.stringify(value) : String(value);
}
