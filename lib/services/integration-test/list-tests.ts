import type { z } from "zod";
import type { testList, testSummary } from "@/lib/api/contract/integration-tests";
import { connectorByKey } from "@/lib/connectors";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import type { TestRow } from "./evidence";
import { progressOf } from "./look-again";
import { flowsOf } from "./plan";
import { stepsOf } from "./steps";

export type TestSummary = z.input<typeof testSummary>;
type Found = z.input<typeof testList>;

/** So many of a connection's tests are shown. */
const shown = 50;

export interface SummaryRow extends TestRow {
	merchantName: string;
	sourceName: string;
	sourceKey: string;
	destinationName: string;
	destinationKey: string;
	inTest: boolean;
}

/** For a query that goes on with a condition on the test `t`. */
export const summarySql = `select t."id", t."accountId", t."merchantId", t."sourceId", t."destinationId", t."state", t."flows", t."steps", t."startedAt",
   t."startedByName", t."endedAt", m."name" as "merchantName", s."name" as "sourceName", s."connectorKey" as "sourceKey",
   d."name" as "destinationName", d."connectorKey" as "destinationKey", s."liveAt" is null as "inTest"
 from "IntegrationTest" t join "Merchant" m on m."accountId" = t."accountId" and m."id" = t."merchantId"
 join "Connection" s on s."accountId" = t."accountId" and s."id" = t."sourceId"
 join "Connection" d on d."accountId" = t."accountId" and d."id" = t."destinationId"`;

export function summaryOf(row: SummaryRow, steps = stepsOf(row.steps)): TestSummary {
	const { id, state, startedAt, endedAt } = row;
	return {
		...{ id, state, startedAt, endedAt, startedBy: row.startedByName, ...progressOf(row, steps) },
		merchant: { id: row.merchantId, name: row.merchantName },
		source: { id: row.sourceId, name: row.sourceName, connector: nameOf(row.sourceKey) },
		destination: { id: row.destinationId, name: row.destinationName, connector: nameOf(row.destinationKey) },
	};
}

/** Throws `not-found` for a foreign or removed connection. */
export function listTests(scope: Scope, connectionId: string): Promise<Found> {
	return transact(scope, async (tx) => {
		const pairs = await readPairs(tx, scope, connectionId);
		const rows = await tx.sql<SummaryRow>(
			`${summarySql} where t."accountId" = $1 and (t."sourceId" = $2 or t."destinationId" = $2) order by t."id" desc limit ${shown}`,
			[scope.accountId, connectionId],
		);
		return { items: rows.map((row) => summaryOf(row)), pairs };
	});
}

interface EndRow {
	id: string;
	name: string;
	side: "source" | "destination";
	connectorKey: string;
}

async function readPairs(tx: Transaction, scope: Scope, connectionId: string): Promise<Found["pairs"]> {
	const ends = await tx.sql<EndRow>(
		`select c."id", c."name", c."side", c."connectorKey" from "Connection" own
		 join "Connection" c on c."accountId" = $1 and c."merchantId" = own."merchantId" and c."archivedAt" is null
		   and (c."id" = own."id" or c."side" <> own."side")
		 where own."accountId" = $1 and own."id" = $2 and own."archivedAt" is null order by c."name", c."id"`,
		[scope.accountId, connectionId],
	);
	if (ends.length === 0) throw new AppError("not-found", { thing: "connection" });
	const of = (side: EndRow["side"]) => ends.filter((end) => end.side === side);
	const endOf = ({ id, name, connectorKey }: EndRow) => ({ id, name, connector: nameOf(connectorKey) });
	return of("source").flatMap((source) =>
		of("destination").map((destination) => ({
			...{ source: endOf(source), destination: endOf(destination) },
			flows: flowsOf(source.connectorKey, destination.connectorKey),
		})),
	);
}

function nameOf(connectorKey: string): string {
	return connectorByKey(connectorKey)?.name ?? connectorKey;
}
