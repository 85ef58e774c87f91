import { inOrder, type Rule } from "@/lib/canonical/rule";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { checkRules } from "./check-rules";
import { readPlaces, sameRules } from "./places";
import { readVersionIn, type Version, type VersionRow, versionColumns, versionOf } from "./read-versions";
import { lockDraft, nameOfActor, writeDraft } from "./save-draft";

/** The draft becomes the next version; orders that were not decided yet are decided by it. */
export function publishRules(
	scope: Scope,
	merchantId: string,
	{ revision, note }: { revision: number; note: string },
): Promise<Version> {
	return transact(scope, async (tx) => {
		const places = await readPlaces(tx, scope, merchantId);
		const draft = await lockDraft(tx, scope, merchantId, revision);
		const rules = checkRules(draft.rules, places);
		const isFirst = draft.published === null;
		if (isFirst ? rules.length === 0 : sameRules(inOrder(rules), inOrder(draft.publishedRules)))
			throw new AppError("conflict", { problem: "The draft is what is published already. Change a rule first." });
		return addVersion(tx, scope, merchantId, { rules, note, restoredFrom: null });
	});
}

/** An earlier version holds again, as a new one; the draft becomes the same. */
export function restoreVersion(scope: Scope, merchantId: string, versionId: string): Promise<Version> {
	return transact(scope, async (tx) => {
		const places = await readPlaces(tx, scope, merchantId);
		await lockDraft(tx, scope, merchantId, null);
		const { list, number, holds } = await readVersionIn(tx, scope, merchantId, versionId);
		if (holds) throw new AppError("conflict", { problem: `Version ${number} is the one that holds now.` });
		const rules = checkRules(list, places);
		await writeDraft(tx, scope, merchantId, rules);
		return addVersion(tx, scope, merchantId, { rules, note: "", restoredFrom: number });
	});
}

async function addVersion(
	tx: Transaction,
	scope: Scope,
	merchantId: string,
	{ rules, note, restoredFrom }: { rules: Rule[]; note: string; restoredFrom: number | null },
): Promise<Version> {
	const id = newId("rlv");
	const one = [scope.accountId, merchantId];
	await tx.sql(
		`insert into "RuleVersion" ("id", "accountId", "merchantId", "number", "rules", "note", "restoredFrom", "publishedBy")
		 select $3, $1, $2, coalesce(max("number"), 0) + 1, $4, $5, $6, $7 from "RuleVersion" where "accountId" = $1 and "merchantId" = $2`,
		[...one, id, JSON.stringify(inOrder(rules)), note, restoredFrom, nameOfActor(scope)],
	);
	await tx.sql(`update "RuleSet" set "publishedId" = $3 where "accountId" = $1 and "merchantId" = $2`, [...one, id]);
	const [row] = await tx.sql<VersionRow>(`select ${versionColumns} where v."accountId" = $1 and v."id" = $2`, [
		scope.accountId,
		id,
	]);
	if (!row) throw new AppError("not-found", { thing: "version" });
	await audit(tx, scope, {
		...{ action: "rules.published", subjectType: "rules", subjectId: merchantId, merchantId },
		after: { version: row.number, rules: rules.length, ...(note && { note }), ...(restoredFrom && { restoredFrom }) },
	});
	return versionOf(row);
}
