import type { Rule } from "@/lib/canonical/rule";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { checkRules } from "./check-rules";
import { readPlaces } from "./places";
import { type RuleSet, readDraft, readRulesIn } from "./read-rules";

/** Keeps the draft. Throws `bad-input` that names rule and field, and `conflict` when somebody saved meanwhile. */
export function saveDraft(
	scope: Scope,
	merchantId: string,
	{ rules, revision }: { rules: readonly unknown[]; revision: number },
): Promise<RuleSet> {
	return transact(scope, async (tx) => {
		const places = await readPlaces(tx, scope, merchantId);
		const checked = checkRules(rules, places);
		const before = await lockDraft(tx, scope, merchantId, revision);
		await writeDraft(tx, scope, merchantId, checked);
		await audit(tx, scope, {
			...{ action: "rules.draft-saved", subjectType: "rules", subjectId: merchantId, merchantId },
			before: { rules: namesOf(before.rules) },
			after: { rules: namesOf(checked) },
		});
		return readRulesIn(tx, scope, merchantId, places);
	});
}

/** Locks the merchant's rules, which are made where there were none. Throws `conflict` when the revision is an old one. */
export async function lockDraft(tx: Transaction, scope: Scope, merchantId: string, revision: number | null) {
	await tx.sql(`insert into "RuleSet" ("accountId", "merchantId") values ($1, $2) on conflict do nothing`, [
		scope.accountId,
		merchantId,
	]);
	const draft = await readDraft(tx, scope, merchantId, true);
	if (revision !== null && draft.revision !== revision)
		throw new AppError("conflict", {
			problem: `${draft.by || "Somebody"} saved the rules meanwhile. Load the page again, then make your changes.`,
		});
	return draft;
}

export async function writeDraft(tx: Transaction, scope: Scope, merchantId: string, rules: Rule[]): Promise<void> {
	await tx.sql(
		`update "RuleSet" set "draft" = $3, "revision" = "revision" + 1, "draftBy" = $4, "draftAt" = now()
		 where "accountId" = $1 and "merchantId" = $2`,
		[scope.accountId, merchantId, JSON.stringify(rules), nameOfActor(scope)],
	);
}

export function nameOfActor({ actor }: Scope): string {
	return actor.type === "job" ? "" : (actor.name ?? "");
}

function namesOf(rules: readonly Rule[]): string {
	return rules.map(({ name, on }) => (on ? name : `${name} (off)`)).join(", ");
}
