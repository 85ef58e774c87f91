/** What webhooks are told of an alert: ids, code, sentence, counts and links; nothing about people. */
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import { env } from "@/lib/env";
import { personalWords, withoutPersonal } from "./plain-sentence";
import type { AlertEventRow } from "./plan";

const eventNames: Record<string, string> = { opened: "alert.opened", resolved: "alert.resolved" };

interface Alert {
	id: string;
	accountId: string;
	merchantId: string | null;
	connectionId: string | null;
	cause: string;
	code: string;
	side: string;
	sentence: string;
	count: number;
	firstSeenAt: Date;
	lastSeenAt: Date;
	resolvedAt: Date | null;
}

/** Writes down what each address that wants these events is to be sent. */
export async function planWebhooks(tx: Transaction, events: AlertEventRow[], now: Date): Promise<void> {
	const told = events.filter(({ kind }) => kind in eventNames);
	if (told.length === 0) return;
	const endpoints = await tx.sql<{ id: string; accountId: string; events: string[] }>(
		`select "id", "accountId", "events" from "WebhookEndpoint" where "accountId" = any($1) and "disabledAt" is null`,
		[[...new Set(told.map(({ accountId }) => accountId))]],
	);
	if (endpoints.length === 0) return;
	const alerts = await readAlerts(tx, told);
	const rows = told.flatMap((event) => {
		const name = eventNames[event.kind] ?? "";
		const alert = alerts.get(event.alertId);
		return endpoints
			.filter((endpoint) => endpoint.accountId === event.accountId && endpoint.events.includes(name))
			.flatMap(({ id }) => (alert ? [{ event, name, endpointId: id, body: bodyOf(name, event, alert) }] : []));
	});
	await insertRows(
		tx,
		"WebhookDelivery",
		{
			id: "text",
			accountId: "text",
			endpointId: "text",
			alertId: "text",
			eventId: "text",
			event: "text",
			body: "text",
			dueAt: "timestamptz",
			createdAt: "timestamptz",
		},
		rows.map(({ event, name, endpointId, body }) => ({
			id: newId("whd"),
			accountId: event.accountId,
			endpointId,
			alertId: event.alertId,
			eventId: event.id,
			event: name,
			body,
			dueAt: now,
			createdAt: now,
		})),
		`on conflict ("eventId", "endpointId") do nothing`,
	);
}

async function readAlerts(tx: Transaction, events: AlertEventRow[]): Promise<Map<string, Alert>> {
	const alerts = await tx.sql<Alert>(
		`select "id", "accountId", "merchantId", "connectionId", "cause", "code", "side", "sentence", "count", "firstSeenAt", "lastSeenAt", "resolvedAt"
		 from "Alert" where "id" = any($1)`,
		[[...new Set(events.map(({ alertId }) => alertId))]],
	);
	for (const alert of alerts) alert.sentence = withoutPersonal(alert.sentence, await personalWords(tx, alert));
	return new Map(alerts.map((alert) => [alert.id, alert]));
}

function bodyOf(type: string, event: AlertEventRow, { cause: _, ...alert }: Alert): string {
	const url = `${env().APP_URL}/${alert.accountId}/alerts/${alert.id}`;
	return JSON.stringify({ type, timestamp: event.at, data: { ...alert, url } });
}
