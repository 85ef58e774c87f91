/** Turns what happened to alerts into what is to be told to whom, and when. */
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import {
	defaultSetting,
	type Happening,
	type Recipient,
	type Setting,
	tell,
} from "@/lib/services/notifications/timing";
import { planWebhooks } from "./webhook-bodies";

const batchSize = 200;

export interface AlertEventRow extends Happening {
	id: string;
	accountId: string;
	alertId: string;
	at: Date;
}

/** Plans up to a batch of events; false when there was none. */
export function planBatch(now: Date): Promise<boolean> {
	return systemTransaction(async (tx) => {
		const events = await tx.sql<AlertEventRow>(
			`select e."id", e."accountId", e."alertId", e."kind", e."subjectId", e."at", a."merchantId", a."code",
			   (a."resolvedAt" is not null or coalesce(a."snoozedUntil" > $1, false)) as "over"
			 from "AlertEvent" e join "Alert" a on a."accountId" = e."accountId" and a."id" = e."alertId"
			 where e."notifiedAt" is null order by e."id" limit $2 for update of e skip locked`,
			[now, batchSize],
		);
		if (events.length === 0) return false;
		await forgetOver(tx, events);
		await planMails(tx, events, now);
		await planWebhooks(tx, events, now);
		await tx.sql(`update "AlertEvent" set "notifiedAt" = $2 where "id" = any($1)`, [events.map(({ id }) => id), now]);
		return true;
	});
}

/** Nobody needs a mail about what is over before it was sent. */
async function forgetOver(tx: Transaction, events: AlertEventRow[]): Promise<void> {
	const over = events.filter(({ kind }) => kind === "resolved").map(({ alertId }) => alertId);
	if (over.length === 0) return;
	await tx.sql(
		`delete from "Notification" where "alertId" = any($1) and "dueAt" is not null and "kind" <> 'resolved'`,
		[over],
	);
}

interface Member {
	accountId: string;
	userId: string;
	role: string;
	merchantId: string | null;
	chosenMerchantIds: string[] | null;
	timeZone: string;
	atOnce: boolean | null;
	digest: Setting["digest"];
	digestAt: number;
	quietFrom: number | null;
	quietTo: number | null;
	mutedMerchantIds: string[];
}

async function planMails(tx: Transaction, events: AlertEventRow[], now: Date): Promise<void> {
	const accountIds = [...new Set(events.map(({ accountId }) => accountId))];
	const members = await tx.sql<Member>(
		`select s."accountId", s."userId", s."role", s."merchantId", case when s."chosenOnly" then s."chosenMerchantIds" end as "chosenMerchantIds",
		   coalesce(u."timeZone", acc."timeZone") as "timeZone",
		   n."atOnce", n."digest", n."digestAt", n."quietFrom", n."quietTo", n."mutedMerchantIds"
		 from "Membership" s join "User" u on u."id" = s."userId" join "Account" acc on acc."id" = s."accountId"
		 left join "NotificationSetting" n on n."accountId" = s."accountId" and n."userId" = s."userId"
		 where s."accountId" = any($1)`,
		[accountIds],
	);
	const told = await tx.sql<{ alertId: string; userId: string }>(
		`select distinct "alertId", "userId" from "Notification" where "alertId" = any($1) and "sentAt" is not null`,
		[events.map(({ alertId }) => alertId)],
	);
	const toldKeys = new Set(told.map(({ alertId, userId }) => `${alertId} ${userId}`));
	const rows = events.flatMap((event) =>
		members
			.filter(({ accountId }) => accountId === event.accountId)
			.flatMap((member) => {
				const plan = tell(event, recipientOf(member, toldKeys.has(`${event.alertId} ${member.userId}`)), now);
				return plan ? [{ event, userId: member.userId, ...plan }] : [];
			}),
	);
	await insertNotifications(tx, rows, now);
}

function recipientOf(member: Member, told: boolean): Recipient {
	const { userId, merchantId, chosenMerchantIds, timeZone, quietFrom, quietTo } = member;
	const setting: Setting =
		member.atOnce === null
			? defaultSetting(member.role)
			: {
					atOnce: member.atOnce,
					digest: member.digest,
					digestAt: member.digestAt,
					quiet: quietFrom !== null && quietTo !== null ? { from: quietFrom, to: quietTo } : null,
					mutedMerchantIds: member.mutedMerchantIds,
				};
	return { userId, merchantId, chosenMerchantIds, timeZone, setting, told };
}

function insertNotifications(
	tx: Transaction,
	rows: { event: AlertEventRow; userId: string; digest: boolean; dueAt: Date }[],
	now: Date,
): Promise<unknown> {
	return insertRows(
		tx,
		"Notification",
		{
			id: "text",
			accountId: "text",
			merchantId: "text",
			userId: "text",
			alertId: "text",
			eventId: "text",
			kind: "text",
			digest: "boolean",
			dueAt: "timestamptz",
			createdAt: "timestamptz",
		},
		rows.map(({ event, userId, digest, dueAt }) => ({
			id: newId("ntf"),
			accountId: event.accountId,
			merchantId: event.merchantId,
			userId,
			alertId: event.alertId,
			eventId: event.id,
			kind: event.kind,
			digest,
			dueAt,
			createdAt: now,
		})),
		`on conflict ("eventId", "userId") do nothing`,
	);
}
