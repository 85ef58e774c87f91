/**
 * Product Upload: products that the merchant's other warehouses tell, and this one does not know, are made known to it.
 * Promise: each is looked for by its SKU before it is created, so that nothing is made twice, whatever was cut off.
 */

import type { Product } from "@/lib/canonical/catalogue";
import { destinationOptions } from "@/lib/canonical/connection-options";
import { type Measures, tellMeasures, type UnitSetting, unitSetting } from "@/lib/canonical/units";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Ended } from "@/lib/jobs/job";
import { noteFault } from "../connect/note-fault";
import { type Commit, commit, type FlowWork, mustYield } from "../work";
import { type PlannedWrite, sendWrites, type WriteResult } from "../writes/send-writes";
import { writeDetails } from "./store-products";

const batchSize = 100;

interface Row extends Measures {
	sku: string;
	name: string;
	description: string;
	aliases: { name: string; code: string }[];
	lotTracked: boolean | null;
}

export async function exportProducts(work: FlowWork): Promise<Ended> {
	const { connector, context, options } = work.connection;
	const creator = connector.destination?.products?.add;
	if (!creator) return { stop: true, because: "this system takes no products" };
	const blocked = creator.blocked?.(context.settings);
	if (blocked) return { stop: true, because: blocked };
	const units = unitSetting(destinationOptions.parse(options));
	const planned = new Map<string, Row>();
	let last = "";
	const fault = await sendWrites<Product>({
		context,
		creator,
		claim: async () => {
			const rows = await commit(work, (tx) => readMissing(tx, work, last));
			last = rows.at(-1)?.sku ?? last;
			for (const row of rows) planned.set(row.sku, row);
			return rows.map((row) => plan(row, units));
		},
		concurrent: connector.limits.concurrent,
		now: work.now,
		isOver: () => mustYield(work),
		settle: async (results) => {
			await commit(work, (tx) => settle(tx, work, results, planned));
			for (const { id } of results) planned.delete(id);
		},
	});
	if (!fault) return { done: true };
	work.connection.reach.giveUp(fault);
	return noteFault(work, new ConnectorError(fault, "the batch ended early"));
}

/** Active products of the merchant's other warehouses, as the one told them that was heard of last. */
function readMissing(tx: Commit, work: FlowWork, after: string): Promise<Row[]> {
	return tx.sql<Row>(
		`select distinct on (d."sku") d."sku", d."name", d."description", d."aliases", d."lotTracked",
		   d."grams", d."lengthMm", d."widthMm", d."heightMm"
		 from "ProductDetail" d join "Connection" c on c."accountId" = d."accountId" and c."id" = d."connectionId"
		 where d."accountId" = $1 and d."merchantId" = $2 and d."connectionId" <> $3 and d."active" and c."archivedAt" is null
		   and d."sku" > $4 and not exists (select 1 from "ProductDetail" own
		     where own."accountId" = $1 and own."connectionId" = $3 and own."sku" = d."sku")
		 order by d."sku", d."updatedAt" desc limit ${batchSize}`,
		[work.scope.accountId, work.scope.merchantId, work.connection.id, after],
	);
}

function plan(row: Row, units: UnitSetting): PlannedWrite<Product> {
	const { sku, name, description, aliases, lotTracked } = row;
	const value: Product = {
		...{ sku, name, externalId: "", description, aliases, measures: [tellMeasures(row, units)], active: true },
		...(lotTracked !== null && { lotTracked }),
	};
	return { id: sku, key: sku, value, attempt: 1, look: true };
}

async function settle(
	tx: Commit,
	work: FlowWork,
	results: WriteResult[],
	planned: ReadonlyMap<string, Row>,
): Promise<void> {
	const known = results.flatMap((result) => {
		const row = planned.get(result.id);
		return result.state === "accepted" && row ? [{ row, written: result.written }] : [];
	});
	await writeDetails(
		tx,
		work,
		known.map(({ row: { sku, name, description, aliases, lotTracked, ...measures }, written }) => ({
			// Of one that was there we know nothing yet but that: the next pickup tells the rest.
			product: written.existed
				? { sku, name: "", externalId: written.externalId }
				: {
						...{ sku, name, description, aliases },
						externalId: written.externalId,
						...(lotTracked !== null && { lotTracked }),
					},
			measures: written.existed ? unknown : measures,
		})),
	);
	for (const result of results) note(tx, result);
}

const unknown: Measures = { grams: null, lengthMm: null, widthMm: null, heightMm: null };

function note(tx: Commit, result: WriteResult): void {
	const base = { subjectType: "sku", subject: result.id } as const;
	if (result.state === "accepted") {
		const { existed, exchangeId } = result.written;
		tx.count(existed ? "unchanged" : "created");
		tx.record({ ...base, outcome: existed ? "existed" : "created", exchangeId: exchangeId ?? null });
	} else if (result.state === "failed") {
		tx.count("failed");
		const outcome = result.fault.kind === "permanent" ? "refused" : "failed";
		tx.record({ ...base, outcome, reason: result.message, exchangeId: result.exchangeId ?? null });
	}
}
