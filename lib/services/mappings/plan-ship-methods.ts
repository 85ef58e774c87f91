/** What a change of a cart's ship methods would make of its list, and of the orders that wait. Pure. */
import type { z } from "zod";
import type { shipMethodChange, shipMethodEffect } from "@/lib/api/contract/ship-methods";
import type { SourceOptions } from "@/lib/canonical/connection-options";
import { tidyConditions } from "@/lib/canonical/ship-method";
import { AppError } from "@/lib/errors/app-error";
import { codeKey, findRule, tableOf } from "@/lib/flow/prepare/ship-methods/resolve";
import type { WaitingOrder } from "@/lib/flow/prepare/ship-methods/unmapped";
import type { MethodRow } from "./cart";

export type Change = z.output<typeof shipMethodChange>;
export interface Edit {
	changes: Change[];
	unmapped?: SourceOptions["unmappedShipMethods"] | undefined;
}

export interface Planned {
	/** The list as it will be. */
	rows: MethodRow[];
	removed: MethodRow[];
	/** Rows that change, as they were; new ones without. */
	written: { before: MethodRow | null; after: MethodRow }[];
}

/** Two rows are the same question when their codes and conditions are. */
export function questionKey({ code, conditions }: Pick<MethodRow, "code" | "conditions">): string {
	return `${codeKey(code)}\u0000${JSON.stringify(tidyConditions(conditions))}`;
}

/** Throws `bad-input` that names the row, `not-found` for a row that is not there (any more). */
export function planChanges(rows: MethodRow[], changes: Change[], newRowId: () => string): Planned {
	const byId = new Map(rows.map((row) => [row.id, row]));
	const removed: MethodRow[] = [];
	const written: Planned["written"] = [];
	for (const [place, change] of changes.entries()) {
		const before = change.id ? byId.get(change.id) : undefined;
		if (change.id && !before) throw new AppError("not-found", { thing: "mapping" });
		if (before && change.remove) {
			byId.delete(before.id);
			removed.push(before);
			continue;
		}
		const after = { ...(before ?? { id: newRowId(), name: "" }), ...contentOf(change, place) };
		byId.set(after.id, after);
		if (!before || !isSame(before, after)) written.push({ before: before ?? null, after });
	}
	mustDiffer([...byId.values()], changes);
	return { rows: [...byId.values()], removed, written };
}

function contentOf({ code, conditions: asked, action, carrier, service }: Change, place: number) {
	const conditions = tidyConditions(asked);
	const mapped = action === "map";
	if (mapped && carrier === "" && service === "")
		refuse(place, code, "needs a carrier or a service. Choose a ship method.");
	if (codeKey(code) === "" && Object.keys(conditions).length === 0 && action === "pass")
		return { code: "", conditions, action, carrier: "", service: "" };
	return { code, conditions, action, carrier: mapped ? carrier : "", service: mapped ? service : "" };
}

function mustDiffer(rows: MethodRow[], changes: Change[]): void {
	const seen = new Set<string>();
	for (const row of rows) {
		const key = questionKey(row);
		if (seen.has(key)) {
			const place = changes.findIndex(({ code }) => codeKey(code) === codeKey(row.code));
			refuse(place, row.code, "is on the list twice with the same conditions. Change the row that is there.");
		}
		seen.add(key);
	}
}

function refuse(place: number, code: string, problem: string): never {
	const fields = { [`changes.${place}`]: problem };
	throw new AppError("bad-input", { field: code || "(no ship method)", problem }, { fields });
}

function isSame(a: MethodRow, b: MethodRow): boolean {
	const key = ({ action, carrier, service }: MethodRow) => JSON.stringify([action, carrier, service]);
	return a.code === b.code && questionKey(a) === questionKey(b) && key(a) === key(b);
}

interface State {
	rows: MethodRow[];
	policy: SourceOptions["unmappedShipMethods"];
}

/** Which of the orders that are not sent yet go another way than before. */
export function effectOn(orders: WaitingOrder[], before: State, after: State): z.input<typeof shipMethodEffect> {
	const [was, will] = [tableOf(before.rows), tableOf(after.rows)];
	const ways = { released: [] as string[], changed: [] as string[], held: [] as string[] };
	for (const { number, unmapped, facts } of orders) {
		const old = unmapped ? null : wayOf(findRule(was, facts), before.policy);
		const now = wayOf(findRule(will, facts), after.policy);
		if (unmapped && now !== null) ways.released.push(number);
		else if (old !== null && now === null) ways.held.push(number);
		else if (old !== null && now !== old) ways.changed.push(number);
	}
	const all = [...ways.released, ...ways.held, ...ways.changed];
	return {
		released: ways.released.length,
		changed: ways.changed.length,
		held: ways.held.length,
		examples: all.slice(0, 5),
	};
}

/** Null: the order is held. */
function wayOf(rule: MethodRow | undefined, policy: State["policy"]): string | null {
	if (!rule) return policy === "refuse" ? null : "pass";
	return rule.action === "map" ? `map ${rule.carrier}\u0000${rule.service}` : "pass";
}
