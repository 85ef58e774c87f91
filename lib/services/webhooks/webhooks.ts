import type { z } from "zod";
import type { webhookView } from "@/lib/api/contract/notifications";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { openSealed, sealed } from "@/lib/db/secrets";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { mustBeCallable } from "./address";
import { makeSecret, rotated } from "./sign";

const most = 10;

export interface LockedWebhook {
	id: string;
	url: string;
	events: string[];
	sealed: Buffer;
	disabledAt: Date | null;
}

export function listWebhooks(scope: Scope): Promise<z.input<typeof webhookView>[]> {
	return transact(scope, (tx) =>
		tx.sql(
			`select w."id", w."url", w."events", w."createdByName" as "createdBy", w."createdAt", w."failingSince", w."disabledAt", w."disabledReason",
			   (select count(*)::int from "WebhookDelivery" d where d."accountId" = w."accountId" and d."endpointId" = w."id" and d."state" = 'waiting') as "waiting"
			 from "WebhookEndpoint" w where w."accountId" = $1 order by w."id"`,
			[scope.accountId],
		),
	);
}

/** Adds an address. The secret is told here and never again. */
export async function createWebhook(
	scope: Scope,
	given: { url: string; events: string[] },
): Promise<{ id: string; secret: string }> {
	mustBeCallable(given.url);
	return transact(scope, async (tx) => {
		const [row] = await tx.sql<{ count: number }>(
			`select count(*)::int as "count" from "WebhookEndpoint" where "accountId" = $1`,
			[scope.accountId],
		);
		if ((row?.count ?? 0) >= most)
			throw new AppError("conflict", { problem: `An account has at most ${most} webhooks. Remove one first.` });
		const id = newId("whk");
		const secret = makeSecret();
		const by = scope.actor.type === "job" ? "" : (scope.actor.name ?? "");
		await tx.sql(
			`insert into "WebhookEndpoint" ("id", "accountId", "url", "events", "sealed", "createdByName") values ($1, $2, $3, $4, $5, $6)`,
			[
				id,
				scope.accountId,
				given.url,
				given.events,
				await sealed(tx, scope.accountId, `webhook:${id}`, { secret }),
				by,
			],
		);
		await audit(tx, scope, { action: "webhook.created", subjectType: "webhook", subjectId: id, after: { ...given } });
		return { id, secret };
	});
}

/** Changes the address or the events, or switches it. Switched on again, it starts with a clean slate. */
export async function updateWebhook(
	scope: Scope,
	webhookId: string,
	given: { url?: string | undefined; events?: string[] | undefined; enabled?: boolean | undefined },
): Promise<{ id: string }> {
	if (given.url) mustBeCallable(given.url);
	return transact(scope, async (tx) => {
		const before = await lockWebhook(tx, scope, webhookId);
		const enabled = given.enabled ?? before.disabledAt === null;
		const after = { url: given.url ?? before.url, events: given.events ?? before.events };
		await tx.sql(
			`update "WebhookEndpoint" set "url" = $3, "events" = $4,
			   "disabledAt" = case when $5 then null else coalesce("disabledAt", now()) end,
			   "disabledReason" = case when $5 then '' when "disabledAt" is null then 'switched off by hand' else "disabledReason" end,
			   "failingSince" = case when $5 and "disabledAt" is not null then null else "failingSince" end
			 where "accountId" = $1 and "id" = $2`,
			[scope.accountId, webhookId, after.url, after.events, enabled],
		);
		if (enabled && before.disabledAt) await closeAlert(tx, scope, webhookId);
		await audit(tx, scope, {
			action: "webhook.updated",
			subjectType: "webhook",
			subjectId: webhookId,
			before: { url: before.url, events: before.events, enabled: before.disabledAt === null },
			after: { ...after, enabled },
		});
		return { id: webhookId };
	});
}

/** A new secret, told once. For a day the one before it signs too. */
export function rotateWebhook(scope: Scope, webhookId: string): Promise<{ id: string; secret: string }> {
	return transact(scope, async (tx) => {
		const binding = `webhook:${webhookId}`;
		const before = await lockWebhook(tx, scope, webhookId);
		const secrets = rotated(await openSealed(tx, scope.accountId, binding, before.sealed), new Date());
		await tx.sql(`update "WebhookEndpoint" set "sealed" = $3 where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			webhookId,
			await sealed(tx, scope.accountId, binding, secrets),
		]);
		await audit(tx, scope, { action: "webhook.rotated", subjectType: "webhook", subjectId: webhookId });
		return { id: webhookId, secret: secrets.secret };
	});
}

/** Takes a webhook away, with the log of what it was sent. */
export function removeWebhook(scope: Scope, webhookId: string): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const { url } = await lockWebhook(tx, scope, webhookId);
		await tx.sql(`delete from "WebhookEndpoint" where "accountId" = $1 and "id" = $2`, [scope.accountId, webhookId]);
		await closeAlert(tx, scope, webhookId);
		await audit(tx, scope, {
			action: "webhook.removed",
			subjectType: "webhook",
			subjectId: webhookId,
			before: { url },
		});
		return { id: webhookId };
	});
}

export async function lockWebhook(tx: Transaction, scope: Scope, webhookId: string): Promise<LockedWebhook> {
	const [webhook] = await tx.sql<LockedWebhook>(
		`select "id", "url", "events", "sealed", "disabledAt" from "WebhookEndpoint" where "accountId" = $1 and "id" = $2 for update`,
		[scope.accountId, webhookId],
	);
	if (!webhook) throw new AppError("not-found", { thing: "webhook" });
	return webhook;
}

async function closeAlert(tx: Transaction, scope: Scope, webhookId: string): Promise<void> {
	await tx.sql(
		`update "Alert" set "resolvedAt" = now() where "accountId" = $1 and "cause" = $2 and "resolvedAt" is null`,
		[scope.accountId, `webhook:${webhookId}`],
	);
}
