/**
 * Writes one merchant's data as pieces in the database: a page of rows, its cursor and its piece are one commit, so
 * that an export killed anywhere goes on and ends in the same file, and every web process can hand it out.
 */
import { jobScope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { exportJob, type PrivacyPayload } from "@/lib/jobs/privacy";
import { csvRow } from "../csv";
import { settingsJson } from "./export-settings";
import { connectionsJson, exportTables, readme } from "./export-tables";

interface ExportRow {
	state: "waiting" | "running" | "done" | "removed";
	entry: number;
	cursor: string;
	parts: number;
	createdAt: Date;
}
export interface ExportRun {
	signal: AbortSignal;
	now?: () => Date;
	/** Rows written in one transaction. */
	batch?: number;
}
type Work = PrivacyPayload & { batch: number; now: () => Date };

/** Works until it is done (true) or told to stop (false); whoever calls again goes on. */
export async function runExport(payload: PrivacyPayload, run: ExportRun): Promise<boolean> {
	const work = { ...payload, batch: run.batch ?? 1000, now: run.now ?? (() => new Date()) };
	const scope = jobScope(payload.accountId, payload.merchantId, exportJob.task);
	while (!run.signal.aborted) if (await transact(scope, (tx) => step(tx, work))) return true;
	return false;
}

/** One commit; true when nothing is left to do. */
async function step(tx: Transaction, work: Work): Promise<boolean> {
	const [row] = await tx.sql<ExportRow>(
		`select "state", "entry", "cursor", "parts", "createdAt" from "Export" where "accountId" = $1 and "id" = $2 for update`,
		[work.accountId, work.id],
	);
	if (!row || row.state === "done" || row.state === "removed") return true;
	if (row.state === "waiting") return begin(tx, work, row);
	const table = exportTables[row.entry];
	if (!table) return end(tx, work);
	const page = await table.page(tx, work, { cursor: row.cursor, limit: work.batch });
	const text = (row.cursor === "" ? csvRow(table.columns) : "") + page.rows.map(csvRow).join("");
	if (text !== "") await addPart(tx, work, { number: row.parts, name: table.name, text });
	await tx.sql(
		`update "Export" set "entry" = $3, "cursor" = $4, "rows" = "rows" + $5 where "accountId" = $1 and "id" = $2`,
		[work.accountId, work.id, page.last ? row.entry + 1 : row.entry, page.last ? "" : page.cursor, page.rows.length],
	);
	return false;
}

async function begin(tx: Transaction, work: Work, { createdAt }: ExportRow): Promise<false> {
	const { accountId, merchantId, id } = work;
	const [merchant] = await tx.sql<{ name: string }>(
		`select "name" from "Merchant" where "accountId" = $1 and "id" = $2`,
		[accountId, merchantId],
	);
	let total = 0;
	for (const { count } of exportTables)
		total += (await tx.sql<{ count: number }>(count, [accountId, merchantId]))[0]?.count ?? 0;
	await addPart(tx, work, { number: 0, name: "README.txt", text: readme(merchant?.name ?? "", createdAt) });
	await addPart(tx, work, { number: 1, name: "connections.json", text: await connectionsJson(tx, work) });
	await addPart(tx, work, { number: 2, name: "settings.json", text: await settingsJson(tx, work) });
	await tx.sql(
		`update "Export" set "state" = 'running', "total" = $3, "startedAt" = coalesce("startedAt", $4) where "accountId" = $1 and "id" = $2`,
		[accountId, id, total, work.now()],
	);
	return false;
}

async function addPart(
	tx: Transaction,
	{ accountId, merchantId, id }: Work,
	{ number, name, text }: { number: number; name: string; text: string },
): Promise<void> {
	const content = Buffer.from(text, "utf8");
	await tx.sql(
		`insert into "ExportPart" ("accountId", "merchantId", "exportId", "number", "name", "content") values ($1, $2, $3, $4, $5, $6)`,
		[accountId, merchantId, id, number, name, content],
	);
	await tx.sql(`update "Export" set "parts" = $3, "size" = "size" + $4 where "accountId" = $1 and "id" = $2`, [
		accountId,
		id,
		number + 1,
		content.length,
	]);
}

async function end(tx: Transaction, { accountId, id, now }: Work): Promise<true> {
	await tx.sql(
		`update "Export" set "state" = 'done', "rows" = "total", "endedAt" = $3 where "accountId" = $1 and "id" = $2`,
		[accountId, id, now()],
	);
	return true;
}
