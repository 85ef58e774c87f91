/** Holds a page of orders that a cart calls open against ours. Pure where it decides; one query per page. */
import { type Order, order as orderSchema } from "@/lib/canonical/order";
import type { OrderStatus } from "@/lib/canonical/status";
import type { Read } from "@/lib/connectors/kit/types";
import { after } from "@/lib/time";
import { fingerprint } from "../intake/fingerprint";
import { whyLeftOut } from "../intake/left-out";
import type { Commit, FlowWork } from "../work";
import { type Compared, type Difference, settleMs } from "./round";

interface Known {
	sourceId: string;
	/** As the ledger has it: an order that was removed here since is still named. */
	ledgerOrderId: string | null;
	fingerprint: string;
	orderId: string | null;
	number: string | null;
	status: OrderStatus | null;
	sendingCanceled: boolean | null;
	/** Only of orders that a warehouse has: what it was given. */
	document: unknown;
	/** When its last shipment or its confirmation was noted. */
	movedAt: Date | null;
}

export async function compareOpen(
	tx: Commit,
	work: FlowWork,
	records: Read<Order>[],
	settled: Date,
): Promise<Compared> {
	const due = records.filter((record) => !record.ok || record.changedAt <= settled);
	const known = await readKnown(tx, work, due);
	await tx.sql(
		`update "SourceKey" set "openAt" = $4 where "accountId" = $1 and "connectionId" = $2 and "sourceId" = any($3)`,
		[work.scope.accountId, work.connection.id, records.map(({ sourceId }) => sourceId), work.now()],
	);
	const differences = due.flatMap((record) => differenceOf(work, record, known.get(record.sourceId)) ?? []);
	return { area: "orders", compared: due.length, differences };
}

async function readKnown(tx: Commit, work: FlowWork, records: Read<Order>[]): Promise<Map<string, Known>> {
	const rows = await tx.sql<Known>(
		`select k."sourceId", k."orderId" as "ledgerOrderId", k."fingerprint", o."id" as "orderId", o."number", o."status", o."sendingCanceled",
		   case when o."status" = 'at_wms' then o."document" end as "document", coalesce(o."confirmedAt", o."shippedAt") as "movedAt"
		 from "SourceKey" k left join "Order" o on o."accountId" = k."accountId" and o."id" = k."orderId"
		 where k."accountId" = $1 and k."connectionId" = $2 and k."sourceId" = any($3)`,
		[work.scope.accountId, work.connection.id, records.map(({ sourceId }) => sourceId)],
	);
	return new Map(rows.map((row) => [row.sourceId, row]));
}

function differenceOf(work: FlowWork, read: Read<Order>, known: Known | undefined): Difference | null {
	const { name } = work.connection;
	if (!known?.orderId || !known.status) return known?.ledgerOrderId ? null : missing(work, read);
	const about = { subject: read.sourceId, label: known.number ?? read.sourceId, orderId: known.orderId };
	const order = `Order ${about.label}`;
	if (known.status === "canceled" || known.sendingCanceled)
		return {
			...about,
			kind: "canceled-here",
			sentence: `${order} is open at ${name}, but ${known.status === "canceled" ? "canceled" : "not to be sent"} here.`,
		};
	if (known.status === "shipped" || known.status === "confirmed") {
		const young = known.movedAt && known.movedAt > after(work.now(), -settleMs);
		if (young || !work.connection.connector.source?.confirm) return null;
		return { ...about, kind: "not-told", sentence: `${order} has shipped, but is still open at ${name}.` };
	}
	if (!read.ok) return null;
	const theirs = fingerprint(read.value);
	if (known.status === "at_wms") {
		const ours = fingerprintOf(known.document);
		return ours === null || ours === theirs
			? null
			: {
					...about,
					kind: "changed-after-delivery",
					sentence: `${order} was changed at ${name} after it was sent. The warehouse has it as it was.`,
				};
	}
	return known.fingerprint === theirs
		? null
		: { ...about, kind: "changed-there", sentence: `${order} was changed at ${name}, and is still here as it was.` };
}

function missing(work: FlowWork, read: Read<Order>): Difference {
	const { name } = work.connection;
	const label = read.ok ? read.value.number : read.sourceId;
	const about = { subject: read.sourceId, label };
	const why = whyLeftOut(work.connection, read);
	if (!why)
		return {
			...about,
			kind: "missing-here",
			sentence: `Order ${label} is open at ${name} and nothing leaves it out, but it is not here.`,
		};
	const because = why.kind === "setting" ? `not loaded: ${why.because}` : `in a form we cannot use: ${why.because}`;
	return { ...about, kind: "left-out", sentence: `Order ${label} is open at ${name}, but ${because}.` };
}

/** Of a stored document; null when it no longer reads as an order, as after an erasure. */
function fingerprintOf(document: unknown): string | null {
	if (typeof document !== "object" || document === null || !("placedAt" in document)) return null;
	const parsed = orderSchema.safeParse({ ...document, placedAt: new Date(String(document.placedAt)) });
	return parsed.success ? fingerprint(parsed.data) : null;
}
