import { expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { createTestTenant } from "@/lib/testing/tenant";
import { insertRows, updateRows } from "./bulk";
import { type Transaction, transact } from "./transact";

testDatabase();

const columns = { key: "text", same: "text", none: "int", at: "timestamptz", document: "jsonb", kept: "json" };
const at = new Date("2026-03-01T10:00:00.123Z");
const row = (key: string, document: unknown = { b: 1, a: [1] }) => ({
	key,
	same: "x",
	none: null,
	at,
	document,
	kept: { b: 1, a: 2 },
});

/** A table that goes with its transaction. */
async function inTable<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
	const tenant = await createTestTenant();
	return transact(tenant.scope, async (tx) => {
		const typed = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
		await tx.sql(`create temporary table "Kept" (${typed.join(", ")}) on commit drop`);
		return work(tx);
	});
}
const all = (tx: Transaction) => tx.sql(`select *, "kept"::text as "kept" from "Kept" order by "key"`);

it("writes rows as they are, whether their values differ or not", async () => {
	const rows = await inTable(async (tx) => {
		await insertRows(tx, "Kept", columns, []);
		await insertRows(tx, "Kept", columns, [row("a"), row("b", "text"), row("c", null)]);
		await insertRows(tx, "Kept", columns, [row("d", "alone")]);
		return all(tx);
	});
	const stored = (key: string, document: unknown) => ({ ...row(key, document), kept: '{"b":1,"a":2}' });
	expect(rows).toEqual([stored("a", { b: 1, a: [1] }), stored("b", "text"), stored("c", null), stored("d", "alone")]);
});

it("updates rows by their key, with what differs, what does not, and what is given beside them", async () => {
	const rows = await inTable(async (tx) => {
		await insertRows(tx, "Kept", columns, [row("a"), row("b"), row("c")]);
		const changed = ["a", "b"].map((key, none) => ({ key, none, same: "y" }));
		await updateRows(
			tx,
			"Kept",
			{ key: "text", none: "int", same: "text" },
			changed,
			{ key: "key", set: `"none" = given."none", "same" = given."same" || $2`, where: `"Kept"."key" = given."key"` },
			["!"],
		);
		return tx.sql(`select "key", "none", "same" from "Kept" order by "key"`);
	});
	expect(rows).toEqual([
		{ key: "a", none: 0, same: "y!" },
		{ key: "b", none: 1, same: "y!" },
		{ key: "c", none: null, same: "x" },
	]);
});
