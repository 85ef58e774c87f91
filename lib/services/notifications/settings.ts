import type { z } from "zod";
import type { notificationSettings } from "@/lib/api/contract/notifications";
import type { Asker } from "@/lib/auth/asker";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { defaultSetting, type Setting } from "./timing";

export type NotificationSettings = z.input<typeof notificationSettings>;

interface Row {
	role: string;
	accountZone: string;
	atOnce: boolean | null;
	digest: Setting["digest"] | null;
	digestAt: number | null;
	quietFrom: number | null;
	quietTo: number | null;
	mutedMerchantIds: string[] | null;
	count: number;
	lastError: string | null;
	nextTryAt: Date | null;
}

/** How the asker hears of this account's alerts, and whether mails to them fail. */
export function readSettings(scope: Scope, asker: Pick<Asker, "timeZone">): Promise<NotificationSettings> {
	return transact(scope, (tx) => readOwn(tx, scope, asker));
}

export function updateSettings(
	scope: Scope,
	asker: Pick<Asker, "timeZone">,
	given: Setting,
): Promise<NotificationSettings> {
	return transact(scope, async (tx) => {
		await tx.sql(
			`insert into "NotificationSetting" ("accountId", "userId", "atOnce", "digest", "digestAt", "quietFrom", "quietTo", "mutedMerchantIds")
			 values ($1, $2, $3, $4, $5, $6, $7, (select coalesce(array_agg("id"), '{}') from "Merchant" where "accountId" = $1 and "id" = any($8)))
			 on conflict ("accountId", "userId") do update set "atOnce" = excluded."atOnce", "digest" = excluded."digest",
			   "digestAt" = excluded."digestAt", "quietFrom" = excluded."quietFrom", "quietTo" = excluded."quietTo",
			   "mutedMerchantIds" = excluded."mutedMerchantIds", "updatedAt" = now()`,
			[
				scope.accountId,
				personOf(scope),
				given.atOnce,
				given.digest,
				given.digestAt,
				given.quiet?.from ?? null,
				given.quiet?.to ?? null,
				given.mutedMerchantIds,
			],
		);
		return readOwn(tx, scope, asker);
	});
}

async function readOwn(tx: Transaction, scope: Scope, asker: Pick<Asker, "timeZone">): Promise<NotificationSettings> {
	const [row] = await tx.sql<Row>(
		`select s."role", acc."timeZone" as "accountZone", n."atOnce", n."digest", n."digestAt", n."quietFrom", n."quietTo", n."mutedMerchantIds",
		   t."count", t."lastError", t."nextTryAt"
		 from "Membership" s join "Account" acc on acc."id" = s."accountId"
		 left join "NotificationSetting" n on n."accountId" = s."accountId" and n."userId" = s."userId"
		 cross join lateral (
		   select count(*)::int as "count", (array_agg("lastError" order by "id" desc))[1] as "lastError", min("dueAt") as "nextTryAt"
		   from "Notification" where "accountId" = $1 and "userId" = $2 and "sentAt" is null and "lastError" is not null) t
		 where s."accountId" = $1 and s."userId" = $2`,
		[scope.accountId, personOf(scope)],
	);
	if (!row)
		throw new AppError("conflict", { problem: "Alerts of a linked account are mailed to its own people only." });
	const { quietFrom, quietTo } = row;
	const defaults = defaultSetting(row.role);
	return {
		atOnce: row.atOnce ?? defaults.atOnce,
		digest: row.digest ?? defaults.digest,
		digestAt: row.digestAt ?? defaults.digestAt,
		quiet: quietFrom !== null && quietTo !== null ? { from: quietFrom, to: quietTo } : defaults.quiet,
		mutedMerchantIds: row.mutedMerchantIds ?? defaults.mutedMerchantIds,
		timeZone: asker.timeZone ?? row.accountZone,
		changed: row.atOnce !== null,
		trouble: row.count > 0 ? { count: row.count, lastError: row.lastError ?? "", nextTryAt: row.nextTryAt } : null,
	};
}

/** A key hears nothing: it has no mail address. */
function personOf({ actor }: Scope): string {
	if (actor.type !== "user") throw new AppError("people-only");
	return actor.id;
}
