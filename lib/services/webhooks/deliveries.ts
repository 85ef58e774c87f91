import type { z } from "zod";
import type { webhookDelivery } from "@/lib/api/contract/notifications";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { enqueue } from "@/lib/jobs/job";
import { notifyJob } from "@/lib/jobs/system";
import { Conditions, cutPage, type Page, type PageInput } from "../page";
import { lockWebhook } from "./webhooks";

type Delivery = z.input<typeof webhookDelivery>;

/** What an address was sent, newest first. */
export function listDeliveries(scope: Scope, webhookId: string, page: PageInput): Promise<Page<Delivery>> {
	return transact(scope, async (tx) => {
		await lockWebhook(tx, scope, webhookId);
		const conditions = new Conditions();
		conditions.add(`"accountId" = ?`, scope.accountId);
		conditions.add(`"endpointId" = ?`, webhookId);
		conditions.add(`"id" < ?`, page.after);
		const rows = await tx.sql<Delivery>(
			`select "id", "event", "alertId", "state", "tries", "lastStatus" as "status", "lastError" as "error", "dueAt" as "nextTryAt",
			   "deliveredAt", "createdAt", "body" from "WebhookDelivery" where ${conditions.where} order by "id" desc limit ${page.limit + 1}`,
			conditions.values,
		);
		return cutPage(rows, page.limit, { key: ({ id }) => id, item: (row) => row });
	});
}

/** Sends an event that means nothing, so that the receiver can be tried. */
export function testWebhook(scope: Scope, webhookId: string): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const webhook = await lockWebhook(tx, scope, webhookId);
		mustBeOn(webhook);
		const id = newId("whd");
		const now = new Date();
		const body = {
			type: "webhook.test",
			timestamp: now.toISOString(),
			data: { accountId: scope.accountId, webhookId },
		};
		await tx.sql(
			`insert into "WebhookDelivery" ("id", "accountId", "endpointId", "event", "body", "dueAt", "createdAt") values ($1, $2, $3, $4, $5, $6, $6)`,
			[id, scope.accountId, webhookId, body.type, JSON.stringify(body), now],
		);
		await enqueue(tx, notifyJob, { accountId: scope.accountId });
		await audit(tx, scope, { action: "webhook.tested", subjectType: "webhook", subjectId: webhookId });
		return { id };
	});
}

/** Sends one again now, under its own id: a receiver that had it knows it. Its three days begin anew. */
export function resendDelivery(scope: Scope, webhookId: string, deliveryId: string): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const webhook = await lockWebhook(tx, scope, webhookId);
		mustBeOn(webhook);
		const [row] = await tx.sql(
			`update "WebhookDelivery" set "state" = 'waiting', "dueAt" = now(), "firstTriedAt" = null, "tries" = 0, "deliveredAt" = null
			 where "accountId" = $1 and "endpointId" = $2 and "id" = $3 returning 1`,
			[scope.accountId, webhookId, deliveryId],
		);
		if (!row) throw new AppError("not-found", { thing: "delivery" });
		await enqueue(tx, notifyJob, { accountId: scope.accountId });
		await audit(tx, scope, {
			action: "webhook.resent",
			subjectType: "webhook",
			subjectId: webhookId,
			after: { delivery: deliveryId },
		});
		return { id: deliveryId };
	});
}

function mustBeOn({ disabledAt }: { disabledAt: Date | null }): void {
	if (disabledAt) throw new AppError("conflict", { problem: "This webhook is switched off. Switch it on first." });
}
