import type { z } from "zod";
import type { ruleVersion } from "@/lib/api/contract/rules";
import { inOrder, type Rule, ruleList } from "@/lib/canonical/rule";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { readPlaces } from "./places";

export type Version = z.input<typeof ruleVersion>;

export interface VersionRow {
	id: string;
	number: number;
	publishedBy: string;
	publishedAt: Date;
	note: string;
	restoredFrom: number | null;
	rules: unknown[];
	holds: boolean;
}

export const versionColumns = `v."id", v."number", v."publishedBy", v."publishedAt", v."note", v."restoredFrom", v."rules",
  exists (select 1 from "RuleSet" s where s."accountId" = v."accountId" and s."publishedId" = v."id") as "holds" from "RuleVersion" v`;

export function versionOf({ publishedBy, publishedAt, rules, ...row }: VersionRow): Version {
	return { ...row, by: publishedBy, at: publishedAt, rules: rules.length };
}

export function listVersions(scope: Scope, merchantId: string): Promise<{ items: Version[] }> {
	return transact(scope, async (tx) => {
		await readPlaces(tx, scope, merchantId);
		const rows = await tx.sql<VersionRow>(
			`select ${versionColumns} where v."accountId" = $1 and v."merchantId" = $2 order by v."number" desc limit 100`,
			[scope.accountId, merchantId],
		);
		return { items: rows.map(versionOf) };
	});
}

/** A version with its rules, in the order they are asked. Throws `not-found`. */
export function readVersion(scope: Scope, merchantId: string, versionId: string): Promise<Version & { list: Rule[] }> {
	return transact(scope, (tx) => readVersionIn(tx, scope, merchantId, versionId));
}

export async function readVersionIn(tx: Transaction, scope: Scope, merchantId: string, versionId: string) {
	await readPlaces(tx, scope, merchantId);
	const [row] = await tx.sql<VersionRow>(
		`select ${versionColumns} where v."accountId" = $1 and v."merchantId" = $2 and v."id" = $3`,
		[scope.accountId, merchantId, versionId],
	);
	if (!row) throw new AppError("not-found", { thing: "version" });
	return { ...versionOf(row), list: inOrder(ruleList.parse(row.rules)) };
}
