/** Saves a cart's filters as a new version; what they refused before is asked for again, what waits is judged anew. */
import { type CartFilters, cartFilters, filterRefusers } from "@/lib/canonical/filters";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { filtersOf } from "@/lib/flow/intake/filters";
import { markForAsking, startFlow } from "./ask-again";
import { type FilteredCart, readFilteredCart } from "./cart";
import { markWaiting } from "./mark-waiting";

export interface Saved {
	version: number;
	askedAgain: number;
	released: number;
}

/** Throws `conflict` when somebody else saved meanwhile. */
export function saveFilters(
	scope: Scope,
	connectionId: string,
	wanted: { version: number; filters: CartFilters },
): Promise<Saved> {
	return transact(scope, async (tx) => {
		const cart = await readFilteredCart(tx, scope, connectionId, "for no key update of c");
		if (cart.version !== wanted.version)
			throw new AppError("conflict", {
				problem: "Somebody else changed these filters meanwhile. Load the page again and repeat your change.",
			});
		return keepFilters(tx, scope, cart, { filters: wanted.filters, note: "" });
	});
}

/** Saves what an earlier version said; 0 stands for no filters at all. Throws `not-found` for one that never was. */
export function restoreFilters(scope: Scope, connectionId: string, version: number): Promise<Saved> {
	return transact(scope, async (tx) => {
		const cart = await readFilteredCart(tx, scope, connectionId, "for no key update of c");
		const [row] = await tx.sql<{ filters: unknown }>(
			`select "filters" from "CartFilters" where "accountId" = $1 and "connectionId" = $2 and "version" = $3`,
			[scope.accountId, connectionId, version],
		);
		if (!row && version !== 0) throw new AppError("not-found", { thing: "version of the filters" });
		const note = version === 0 ? "All filters taken off" : `Version ${version} put back`;
		return keepFilters(tx, scope, cart, { filters: cartFilters.parse(row?.filters ?? {}), note });
	});
}

export async function keepFilters(
	tx: Transaction,
	scope: Scope,
	cart: FilteredCart,
	{ filters, note }: { filters: CartFilters; note: string },
): Promise<Saved> {
	if (JSON.stringify(filters) === JSON.stringify(cart.filters))
		return { version: cart.version, askedAgain: 0, released: 0 };
	const { actor } = scope;
	const version = cart.version + 1;
	await tx.sql(
		`insert into "CartFilters" ("accountId", "merchantId", "connectionId", "version", "filters", "byName", "note")
		 values ($1, $2, $3, $4, $5, $6, $7)`,
		[
			...[scope.accountId, cart.merchantId, cart.id, version, JSON.stringify(filters)],
			...[actor.type === "job" ? "" : (actor.name ?? ""), note],
		],
	);
	const askedAgain = await markForAsking(tx, scope, cart, filterRefusers);
	const itemsChanged = JSON.stringify(filters.items) !== JSON.stringify(cart.filters.items);
	const released = itemsChanged ? await markWaiting(tx, scope, cart, filtersOf(filters).items) : 0;
	// What is kept from being sent is kept from being told as stock, too.
	if (itemsChanged) await startFlow(tx, scope, cart, "inventory/upload");
	await audit(tx, scope, {
		action: "filters.saved",
		subjectType: "connection",
		subjectId: cart.id,
		merchantId: cart.merchantId,
		before: wordsOf(cart.filters),
		after: { name: cart.name, ...wordsOf(filters), askedAgain, ...(note && { note }) },
	});
	return { version, askedAgain, released };
}

/** Short enough for the audit log, however long the lists are. */
function wordsOf({ orders, tags, items }: CartFilters): Record<string, unknown> {
	return {
		orderFilters: orders.map(({ field, name, type, match, values }) =>
			[type, field, name, match, `${values.slice(0, 10).join(", ")}${values.length > 10 ? " …" : ""}`]
				.filter(Boolean)
				.join(" "),
		),
		tagsAnyOf: tags.anyOf.slice(0, 10),
		tagsNoneOf: tags.noneOf.slice(0, 10),
		itemFilter: `${items.type}, ${items.level}, ${items.codes.length} codes`,
	};
}
