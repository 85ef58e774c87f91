import type { z } from "zod";
import type { rulesContract } from "@/lib/api/contract/rules";
import { inOrder, ruleList } from "@/lib/canonical/rule";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { type Places, readPlaces, sameRules } from "./places";
import { type Version, type VersionRow, versionColumns, versionOf } from "./read-versions";

export type RuleSet = z.input<NonNullable<(typeof rulesContract.get)["~orpc"]["outputSchema"]>>;

/** The draft, what is published, and whom rules may name. Throws `not-found`. */
export function readRules(scope: Scope, merchantId: string): Promise<RuleSet> {
	return transact(scope, async (tx) => readRulesIn(tx, scope, merchantId, await readPlaces(tx, scope, merchantId)));
}

export async function readRulesIn(
	tx: Transaction,
	scope: Scope,
	merchantId: string,
	{ warehouses, carts }: Places,
): Promise<RuleSet> {
	const { rules, revision, by, at, published, publishedRules } = await readDraft(tx, scope, merchantId);
	return {
		...{ rules: inOrder(rules), revision, by, at, published, warehouses, carts },
		changed: !sameRules(inOrder(rules), inOrder(publishedRules)),
	};
}

export async function readDraft(tx: Transaction, scope: Scope, merchantId: string, lock = false) {
	const one = [scope.accountId, merchantId];
	const [draft] = await tx.sql<Draft>(
		`select "draft", "revision", "draftBy", "draftAt", "publishedId" from "RuleSet" where "accountId" = $1 and "merchantId" = $2
		 ${lock ? "for update" : ""}`,
		one,
	);
	const [row] = draft?.publishedId
		? await tx.sql<VersionRow>(`select ${versionColumns} where v."accountId" = $1 and v."id" = $2`, [
				scope.accountId,
				draft.publishedId,
			])
		: [];
	const published: Version | null = row ? versionOf(row) : null;
	return {
		rules: ruleList.parse(draft?.draft ?? []),
		...{ revision: draft?.revision ?? 0, by: draft?.draftBy ?? "", at: draft?.draftAt ?? null, published },
		publishedRules: ruleList.parse(row?.rules ?? []),
	};
}

interface Draft {
	draft: unknown;
	revision: number;
	draftBy: string;
	draftAt: Date | null;
	publishedId: string | null;
}
