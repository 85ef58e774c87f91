/** Keeps what changed in one cart's figures as wanted, and warns of what is oversold. The rules are `cart-figures`. */
import { type InventoryTerm, inventoryTerm } from "@/lib/canonical/connection-options";
import { insertRows } from "@/lib/db/bulk";
import type { Commit, FlowWork } from "../work";
import { figuresOf } from "./cart-figures";
import { noteOversold } from "./note-oversold";
import { readCarts } from "./read-rules";
import { readStock } from "./read-stock";
import { readCodes, type StockCodes } from "./stock-codes";

interface Told {
	sku: string;
	code: string | null;
	quantity: number;
	terms: unknown;
}

export async function computeFigures(tx: Commit, work: FlowWork): Promise<void> {
	const connectionId = work.connection.id;
	const carts = await readCarts(tx, work.scope);
	const pushInventoryAs = carts.find(({ id }) => id === connectionId)?.pushAs ?? "";
	const { filters } = work.connection;
	const codes = await readCodes(tx, work.scope, { connectionId, pushInventoryAs, filters });
	const figures = figuresOf(await readStock(tx, work.scope), carts);
	const told = new Map((await readTold(tx, work)).map((row) => [row.sku, row]));
	const found = figures.of(connectionId);
	const changed = found.flatMap(({ sku, quantity, terms }): Wanted[] => {
		const code = columnOf(codes, sku);
		const before = told.get(sku);
		const same = before?.quantity === quantity && before.code === code && isSame(before.terms, terms);
		return same ? [] : [{ sku, code, quantity, terms }];
	});
	tx.count("read", found.length);
	tx.count("unchanged", found.length - changed.length);
	await keepWanted(tx, work, changed, codes);
	await noteOversold(tx, work, { carts, oversold: figures.oversold(), figures: found });
}

/** Made once: it is asked for every SKU. */
const storedTerms = inventoryTerm.array();

function isSame(before: unknown, now: readonly InventoryTerm[]): boolean {
	const told = storedTerms.parse(before);
	return told.length === now.length && told.every((term, place) => isSameTerm(term, now[place]));
}

function isSameTerm({ kind, label, amount, detail }: InventoryTerm, now: InventoryTerm | undefined): boolean {
	return now?.kind === kind && now.label === label && now.amount === amount && now.detail === detail;
}

/** How a figure's row holds what the cart calls the item: null for the SKU itself, empty where it has no code. */
function columnOf(codes: StockCodes, sku: string): string | null {
	const code = codes.codeOf(sku);
	return code === sku ? null : (code ?? "");
}

type Wanted = Told;

async function keepWanted(tx: Commit, work: FlowWork, changed: Wanted[], codes: StockCodes): Promise<void> {
	const now = work.now();
	await insertRows(
		tx,
		"InventoryFigure",
		{
			accountId: "text",
			merchantId: "text",
			connectionId: "text",
			sku: "text",
			code: "text",
			quantity: "int",
			terms: "json",
			state: "text",
			problem: "text",
			attempts: "int",
			nextTryAt: "timestamptz",
			computedAt: "timestamptz",
		},
		changed.map((row) => ({
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			connectionId: work.connection.id,
			...row,
			state: row.code === "" ? "skipped" : "wanted",
			problem: row.code === "" ? codes.whyUntold(row.sku) : null,
			attempts: 0,
			nextTryAt: row.code === "" ? null : now,
			computedAt: now,
		})),
		// Other terms with the same sum are remembered, but there is nothing to tell the cart.
		`on conflict ("accountId", "connectionId", "sku") do update set
		   "quantity" = excluded."quantity", "code" = excluded."code", "terms" = excluded."terms", "computedAt" = excluded."computedAt",
		   "state" = case when ${untouched} then "InventoryFigure"."state" else excluded."state" end,
		   "problem" = case when ${untouched} then "InventoryFigure"."problem" else excluded."problem" end,
		   "attempts" = case when ${untouched} then "InventoryFigure"."attempts" else 0 end,
		   "nextTryAt" = case when ${untouched} then "InventoryFigure"."nextTryAt" else excluded."nextTryAt" end`,
	);
}

const untouched = `"InventoryFigure"."quantity" = excluded."quantity" and "InventoryFigure"."code" is not distinct from excluded."code"`;

function readTold(tx: Commit, work: FlowWork): Promise<Told[]> {
	return tx.sql<Told>(
		`select "sku", "code", "quantity", "terms" from "InventoryFigure" where "accountId" = $1 and "connectionId" = $2`,
		[work.scope.accountId, work.connection.id],
	);
}
