/**
 * What people and lists of theirs say of a shopper outside any order: comments on alerts, reasons of bulk operations,
 * saved views, differences, and the entries of the audit log about those. Only the words that lead to a person go. Much
 * of it belongs to no merchant, so the whole account is looked through, once, at the end of an erasure.
 */
import { updateRows } from "@/lib/db/bulk";
import { forWholeAccount, type Transaction } from "@/lib/db/transact";
import type { Tenant } from "./erase-orders";
import { finderOf, withoutPerson, withoutWords } from "./person";

/** A table of which some columns may quote somebody; `where` keeps rows out that cannot, or that another merchant has. */
interface Quoting {
	table: string;
	columns: Record<string, "text" | "jsonb">;
	where: string;
}

const ofMerchant = `("merchantId" = $2 or "merchantId" is null)`;
const quoting: Quoting[] = [
	{ table: "Alert", columns: { sentence: "text", facts: "jsonb" }, where: `"merchantId" is null` },
	{ table: "AlertEvent", columns: { text: "text" }, where: `"text" <> '' and ${ofMerchant}` },
	{ table: "BulkOperation", columns: { reason: "text", problems: "jsonb" }, where: ofMerchant },
	{ table: "OrderView", columns: { name: "text", filter: "jsonb" }, where: ofMerchant },
	{ table: "ReconciliationDifference", columns: { sentence: "text", facts: "jsonb" }, where: `"merchantId" = $2` },
];

export async function eraseQuotes(tx: Transaction, tenant: Tenant, words: readonly string[]): Promise<void> {
	if (words.length === 0) return;
	const sought = { words, has: finderOf(words) };
	await forWholeAccount(tx, tenant, async () => {
		for (const one of quoting) await eraseIn(tx, tenant, { ...sought, ...one });
		await eraseEntries(tx, tenant, sought.has);
	});
}

interface Sought extends Quoting {
	words: readonly string[];
	has: (text: string) => boolean;
}

async function eraseIn(tx: Transaction, tenant: Tenant, { table, columns, where, words, has }: Sought): Promise<void> {
	const names = Object.keys(columns);
	const rows = await tx.sql<Record<string, unknown> & { id: string }>(
		`select "id", ${names.map((name) => `"${name}"`).join(", ")} from "${table}"
		 where "accountId" = $1 and $2::text is not null and ${where}`,
		[tenant.accountId, tenant.merchantId],
	);
	const quotes = rows.filter((row) => names.some((name) => has(textOf(row[name]))));
	await updateRows(
		tx,
		table,
		{ id: "text", ...columns },
		quotes.map((row) => ({
			id: row.id,
			...Object.fromEntries(names.map((name) => [name, without(row[name], words)])),
		})),
		{
			key: "id",
			set: names.map((name) => `"${name}" = given."${name}"`).join(", "),
			where: `"${table}"."accountId" = $2 and "${table}"."id" = given."id"`,
		},
		[tenant.accountId],
	);
}

/** The log is closed to tenants; the database replaces what it may replace in the entries that are named. */
async function eraseEntries(tx: Transaction, tenant: Tenant, has: Sought["has"]): Promise<void> {
	const rows = await tx.sql<{ id: string; said: string }>(
		`select "id", coalesce("before"::text, '') || coalesce("after"::text, '') as "said" from "AuditEntry"
		 where "accountId" = $1 and "subjectType" in ('alert', 'bulk', 'view', 'table') and ${ofMerchant}`,
		[tenant.accountId, tenant.merchantId],
	);
	const ids = rows.filter(({ said }) => has(said)).map(({ id }) => id);
	if (ids.length > 0) await tx.sql("select crossdock_erase_audit_quotes($1)", [ids]);
}

function textOf(value: unknown): string {
	return typeof value === "string" ? value : JSON.stringify(value);
}

function without(value: unknown, words: readonly string[]): unknown {
	return typeof value === "string" ? withoutWords(value, words) : withoutPerson(value, words);
}
