/** Saves stock rules: before that it is said how many figures would change, after it the carts are told. */
import type { StockRule } from "@/lib/canonical/stock-rules";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type Owner, readCarts, type StockCart } from "@/lib/flow/stock/read-rules";
import { enqueueFlows } from "../flows/enqueue-flows";
import { countChanges } from "./count-changes";
import { type Effect, keyOf, planRules, type RuleKey, ruleOf, type Wanted } from "./plan-rules";
import { ownerOf, readPlaces, writeRules } from "./rule-rows";

export interface Edit {
	rows: StockRule[];
	remove: RuleKey[];
}
export interface Saved {
	changeId: string | null;
	saved: number;
}
interface Planned {
	owner: Owner;
	carts: StockCart[];
	effects: Effect[];
}
const shown = 500;

/** What a person sees before saving. */
export function previewRules(scope: Scope, merchantId: string, edit: Edit) {
	return transact(scope, async (tx) => {
		const planned = await plan(tx, scope, merchantId, { ...edit, rows: numbered(edit.rows) });
		return { ...summaryOf(planned.effects), changes: await countChanges(tx, planned) };
	});
}

/** Throws `bad-input` with the reason of the first row that cannot be; then nothing was saved. */
export function saveRules(scope: Scope, merchantId: string, edit: Edit): Promise<Saved> {
	return transact(scope, async (tx) => {
		const planned = await plan(tx, scope, merchantId, { ...edit, rows: numbered(edit.rows) });
		const refused = planned.effects.find(({ effect }) => effect === "refused");
		if (refused) {
			const fields = { [`rows.${refused.line - 1}`]: refused.sentence };
			throw new AppError("bad-input", { field: refused.code, problem: refused.sentence }, { fields });
		}
		return keep(tx, scope, planned);
	});
}

/** Puts back what was there before, as long as nobody changed it again. */
export function undoRules(scope: Scope, merchantId: string, changeId: string): Promise<Saved> {
	return transact(scope, async (tx) => {
		const owner = await ownerOf(tx, scope, merchantId, "for no key update");
		const [change] = await tx.sql<{ rows: { key: RuleKey; before: StockRule | null; after: StockRule | null }[] }>(
			`update "StockRuleChange" set "undoneAt" = now()
			 where "accountId" = $1 and "merchantId" = $2 and "id" = $3 and "undoneAt" is null returning "rows"`,
			[owner.accountId, owner.merchantId, changeId],
		);
		if (!change) throw new AppError("not-found", { thing: "change to take back" });
		const carts = await readCarts(tx, owner);
		for (const { key, after } of change.rows)
			if (!sameRule(ruleOf(carts, key), after))
				throw new AppError("conflict", {
					problem: `The rule of ${key.sku || "the cart"} was changed again meanwhile.`,
				});
		const edit = {
			rows: numbered(change.rows.flatMap(({ before }) => before ?? [])),
			remove: change.rows.filter(({ before }) => before === null).map(({ key }) => key),
		};
		const planned = await plan(tx, scope, merchantId, edit);
		const refused = planned.effects.find(({ effect }) => effect === "refused");
		if (refused) throw new AppError("conflict", { problem: refused.sentence });
		return keep(tx, scope, planned, changeId);
	});
}

export async function plan(
	tx: Transaction,
	scope: Scope,
	merchantId: string,
	{ rows, remove }: { rows: Wanted[]; remove: RuleKey[] },
): Promise<Planned> {
	const owner = await ownerOf(tx, scope, merchantId, "for no key update");
	const carts = await readCarts(tx, owner);
	const places = new Map((await readPlaces(tx, owner)).map(({ key, name }) => [key, name]));
	return { owner, carts, effects: planRules(rows, remove, { carts, places }) };
}

/** Writes what the effects say, but for those that are refused, and tells the carts. */
export async function keep(tx: Transaction, scope: Scope, planned: Planned, undoes?: string): Promise<Saved> {
	const { owner } = planned;
	const real = planned.effects.filter(({ effect }) => effect !== "refused" && effect !== "same");
	if (real.length === 0) return { changeId: null, saved: 0 };
	await writeRules(tx, owner, real);
	const changeId = newId("src");
	const { actor } = scope;
	const rows = real.map(({ key, before, after }) => ({ key, before, after }));
	await tx.sql(
		`insert into "StockRuleChange" ("id", "accountId", "merchantId", "rows", "byName") values ($1, $2, $3, $4, $5)`,
		[changeId, owner.accountId, owner.merchantId, JSON.stringify(rows), actor.type === "job" ? "" : (actor.name ?? "")],
	);
	await enqueueFlows(tx, scope, owner.merchantId, "inventory/upload");
	await audit(tx, scope, {
		action: undoes ? "stock-rules.taken-back" : "stock-rules.saved",
		subjectType: "stock-rules",
		subjectId: undoes ?? changeId,
		merchantId: owner.merchantId,
		after: { name: real[0]?.code, rows: real.length, changes: real.slice(0, 20).map(({ sentence }) => sentence) },
	});
	return { changeId, saved: real.length };
}

export function numbered(rows: StockRule[]): Wanted[] {
	return rows.map((rule, position) => ({ line: position + 1, rule }));
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

function sameRule(a: StockRule | null, b: StockRule | null): boolean {
	if (a === null || b === null) return a === b;
	const effect = JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
	return effect && JSON.stringify(keyOf(a)) === JSON.stringify(keyOf(b));
}
