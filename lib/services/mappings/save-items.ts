/** Saves mappings, aliases and kits: what cannot be is said before, who waits for them goes on with them. */
import type { ItemRow } from "@/lib/canonical/item-codes";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { codesOf, type ItemKey, keyOf, type Owner, readTouched, writeRows } from "./item-rows";
import { type Effect, planItems, sameRow, touchedCodes, type Wanted } from "./plan-items";
import { countWaiting, releaseWaiting } from "./release-waiting";

export interface Edit {
	rows: ItemRow[];
	remove: ItemKey[];
}
export interface Saved {
	changeId: string | null;
	saved: number;
	released: number;
}
const shown = 500;

/** What a person sees before saving. */
export function previewItems(scope: Scope, merchantId: string, edit: Edit) {
	return transact(scope, async (tx) => {
		const { owner, effects } = await plan(tx, scope, merchantId, { ...edit, rows: numbered(edit.rows) });
		return { ...summaryOf(effects), waiting: await countWaiting(tx, owner, touchedCodes(effects)) };
	});
}

/** Throws `bad-input` with the reason of the first row that cannot be; then nothing was saved. */
export function saveItems(scope: Scope, merchantId: string, edit: Edit): Promise<Saved> {
	return transact(scope, async (tx) => {
		const { owner, effects } = await plan(tx, scope, merchantId, { ...edit, rows: numbered(edit.rows) });
		const refused = effects.find(({ effect }) => effect === "refused");
		if (refused)
			throw new AppError(
				"bad-input",
				{ field: refused.code, problem: refused.sentence },
				{
					fields: { [`rows.${refused.line - 1}`]: refused.sentence },
				},
			);
		return keep(tx, scope, owner, effects);
	});
}

/** Puts back what was there before, as long as nobody changed it again. */
export function undoItems(scope: Scope, merchantId: string, changeId: string): Promise<Saved> {
	return transact(scope, async (tx) => {
		const owner = await lockOwner(tx, scope, merchantId);
		const [change] = await tx.sql<{ rows: { before: ItemRow | null; after: ItemRow | null }[] }>(
			`update "ItemChange" set "undoneAt" = now()
			 where "accountId" = $1 and "merchantId" = $2 and "id" = $3 and "undoneAt" is null returning "rows"`,
			[owner.accountId, owner.merchantId, changeId],
		);
		if (!change) throw new AppError("not-found", { thing: "change to take back" });
		const { rows } = change;
		const all = rows.flatMap(({ before, after }) => [before, after].filter((row) => row !== null));
		const stored = await readTouched(tx, owner, [...new Set(all.flatMap(codesOf))]);
		const now = new Map(stored.map(({ row }) => [keyOf(row), row]));
		for (const { before, after } of rows) {
			const key = after ?? before;
			if (key && !sameRow(now.get(keyOf(key)) ?? null, after))
				throw new AppError("conflict", { problem: `${key.code} was changed again meanwhile. Change it by hand.` });
		}
		const wanted = numbered(rows.flatMap(({ before }) => before ?? []));
		const remove = rows.flatMap(({ after }) => after ?? []);
		const effects = planItems(wanted, remove, { stored, carts: await cartsOf(tx, owner) });
		const refused = effects.find(({ effect }) => effect === "refused");
		if (refused) throw new AppError("conflict", { problem: refused.sentence });
		return keep(tx, scope, owner, effects, changeId);
	});
}

export function numbered(rows: ItemRow[]): Wanted[] {
	return rows.map((row, position) => ({ line: position + 1, row }));
}

export async function plan(
	tx: Transaction,
	scope: Scope,
	merchantId: string,
	{ rows, remove }: { rows: Wanted[]; remove: ItemKey[] },
): Promise<{ owner: Owner; effects: Effect[] }> {
	const owner = await lockOwner(tx, scope, merchantId);
	const codes = [...rows.flatMap(({ row }) => codesOf(row)), ...remove.map(({ code }) => code)];
	const stored = await readTouched(tx, owner, [...new Set(codes)]);
	return { owner, effects: planItems(rows, remove, { stored, carts: await cartsOf(tx, owner) }) };
}

/** Writes what the effects say, but for those that are refused. */
export async function keep(
	tx: Transaction,
	scope: Scope,
	owner: Owner,
	effects: Effect[],
	undoes?: string,
): Promise<Saved> {
	const real = effects.filter(({ effect }) => effect !== "refused" && effect !== "same");
	if (real.length === 0) return { changeId: null, saved: 0, released: 0 };
	const codes = touchedCodes(real);
	await writeRows(
		tx,
		owner,
		real.flatMap(({ before }) => before ?? []),
		real.flatMap(({ after }) => after ?? []),
	);
	const changeId = newId("itc");
	const { actor } = scope;
	const rows = real.map(({ before, after }) => ({ before: before?.row ?? null, after }));
	await tx.sql(
		`insert into "ItemChange" ("id", "accountId", "merchantId", "rows", "byName") values ($1, $2, $3, $4, $5)`,
		[changeId, owner.accountId, owner.merchantId, JSON.stringify(rows), actor.type === "job" ? "" : (actor.name ?? "")],
	);
	const released = await releaseWaiting(tx, scope, owner, codes);
	await audit(tx, scope, {
		action: undoes ? "item-codes.taken-back" : "item-codes.saved",
		subjectType: "item-codes",
		subjectId: undoes ?? changeId,
		merchantId: owner.merchantId,
		after: {
			name: real[0]?.code,
			rows: real.length,
			released,
			changes: real.slice(0, 20).map(({ sentence }) => sentence),
		},
	});
	return { changeId, saved: real.length, released };
}

/** Effects as people read them, refused ones first, and how many of each there are. */
export function summaryOf(effects: Effect[]) {
	const counts = { new: 0, change: 0, same: 0, remove: 0, refused: 0 };
	for (const { effect } of effects) counts[effect]++;
	const ordered = [...effects].sort((a, b) => Number(b.effect === "refused") - Number(a.effect === "refused"));
	return {
		counts,
		effects: ordered.slice(0, shown).map(({ line, effect, code, sentence }) => ({ line, effect, code, sentence })),
	};
}

/** One at a time per merchant, so that two people who save at once are told of each other. */
async function lockOwner(tx: Transaction, scope: Scope, merchantId: string): Promise<Owner> {
	const [merchant] = await tx.sql(
		`select 1 from "Merchant" where "accountId" = $1 and "id" = $2 and ($3::text is null or "id" = $3) for no key update`,
		[scope.accountId, merchantId, scope.merchantId ?? null],
	);
	if (!merchant) throw new AppError("not-found", { thing: "merchant" });
	return { accountId: scope.accountId, merchantId };
}

async function cartsOf(tx: Transaction, owner: Owner): Promise<Map<string, string>> {
	const rows = await tx.sql<{ id: string; name: string }>(
		`select "id", "name" from "Connection" where "accountId" = $1 and "merchantId" = $2 and "side" = 'source'`,
		[owner.accountId, owner.merchantId],
	);
	return new Map(rows.map(({ id, name }) => [id, name]));
}
