import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export interface LockedAlert {
	id: string;
	merchantId: string | null;
	cause: string;
	sentence: string;
	count: number;
	snoozedUntil: Date | null;
	resolvedAt: Date | null;
}

/** One line of an alert's history, and of the audit log. */
interface Told {
	kind: "snoozed" | "unsnoozed" | "assigned" | "commented" | "retried" | "resolved";
	text?: string;
	/** Whom it is about, by user; they may be told by mail. */
	subjectId?: string | undefined;
	count?: number;
}

/** Does one thing to an alert that the asker may see. `work` says what happened, or null for nothing. */
export function changeAlert(
	scope: Scope,
	alertId: string,
	work: (tx: Transaction, alert: LockedAlert) => Promise<Told | null>,
): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const alert = await lockAlert(tx, scope, alertId);
		const told = await work(tx, alert);
		if (!told) return { id: alertId };
		// The database itself writes that it was resolved.
		if (told.kind !== "resolved") await writeEvent(tx, scope, alert, told);
		await audit(tx, scope, {
			action: `alert.${told.kind}`,
			subjectType: "alert",
			subjectId: alertId,
			...(alert.merchantId && { merchantId: alert.merchantId }),
			after: { sentence: alert.sentence, ...(told.kind !== "commented" && told.text && { text: told.text }) },
		});
		return { id: alertId };
	});
}

async function lockAlert(tx: Transaction, scope: Scope, alertId: string): Promise<LockedAlert> {
	const [alert] = await tx.sql<LockedAlert>(
		`select "id", "merchantId", "cause", "sentence", "count", "snoozedUntil", "resolvedAt" from "Alert"
		 where "accountId" = $1 and "id" = $2 and ($3::text is null or "merchantId" = $3) for update`,
		[scope.accountId, alertId, scope.merchantId ?? null],
	);
	if (!alert) throw new AppError("not-found", { thing: "alert" });
	return alert;
}

async function writeEvent(tx: Transaction, scope: Scope, alert: LockedAlert, told: Told): Promise<void> {
	await tx.sql(
		`insert into "AlertEvent" ("id", "accountId", "merchantId", "alertId", "kind", "who", "text", "subjectId", "count", "at", "notifiedAt")
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), case when $8::text is null then now() end)`,
		[
			eventId(),
			scope.accountId,
			alert.merchantId,
			alert.id,
			told.kind,
			nameOf(scope),
			told.text ?? "",
			told.subjectId ?? null,
			told.count ?? 0,
		],
	);
}

/** Sorts among those the database makes: microseconds in hexadecimal. */
function eventId(): string {
	return `ale_${(Date.now() * 1000).toString(16).padStart(14, "0")}${newId("ale").slice(-10)}`;
}

/** Who acts, as the history names them. */
export function nameOf({ actor }: Scope): string {
	return actor.type === "job" ? "" : (actor.name ?? (actor.type === "apiKey" ? "An API key" : "Somebody"));
}

export function mustBeOpenAlert(alert: LockedAlert): void {
	if (alert.resolvedAt) throw new AppError("conflict", { problem: "This alert is resolved already." });
}
