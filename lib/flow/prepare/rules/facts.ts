/** What rules may know of an order, and which of it they looked at. Pure. */
import type { Order } from "@/lib/canonical/order";
import type { SeenFacts } from "@/lib/canonical/rule";
import { codeOf } from "../ship-methods/resolve";

export type StockState = SeenFacts["stock"][string];

/** Where rules read an order's facts. */
export interface RuleFacts {
	text(fact: string, field?: string): string;
	number(fact: string): number | null;
	placedAt(): string;
	tags(): readonly string[];
	lines(): NonNullable<SeenFacts["lines"]>;
	stock(warehouseId: string): StockState;
}

/** The stock of each warehouse for an order, by the warehouse's id; absent: not known. */
export type OrderStock = ReadonlyMap<string, StockState>;

export function factsOf(order: Order, connectionId: string, stock: OrderStock): RuleFacts {
	const texts: Record<string, () => string> = {
		cart: () => connectionId,
		number: () => order.number,
		currency: () => order.total?.currency ?? "",
		shipMethod: () => codeOf(order),
		country: () => order.shipTo.country,
		region: () => order.shipTo.region,
		postalCode: () => order.shipTo.postalCode,
		city: () => order.shipTo.city,
		note: () => order.note,
		giftMessage: () => order.giftMessage,
		emailDomain: () => domainOf(order.customer?.email || order.shipTo.email),
		company: () => order.shipTo.company,
	};
	const numbers: Record<string, () => number | null> = {
		total: () => (order.total ? Number(order.total.amount) : null),
		lineCount: () => order.lines.length,
		units: () => order.lines.reduce((sum, { quantity }) => sum + quantity, 0),
	};
	return {
		text: (fact, field) => (fact === "extra" ? extraOf(order, field ?? "") : (texts[fact]?.() ?? "")),
		number: (fact) => numbers[fact]?.() ?? null,
		placedAt: () => order.placedAt.toISOString(),
		tags: () => order.tags,
		lines: () => order.lines.map(({ sku, name, quantity }) => ({ sku, name, quantity })),
		stock: (warehouseId) => stock.get(warehouseId) ?? "unknown",
	};
}

function extraOf({ extraFields }: Order, field: string): string {
	const wanted = field.toLowerCase();
	return extraFields?.find(({ name }) => name.toLowerCase() === wanted)?.value ?? "";
}

function domainOf(email: string): string {
	return email.includes("@") ? email.slice(email.lastIndexOf("@") + 1).toLowerCase() : "";
}

/** The facts that were kept, to be asked again. What was not looked at then is not there. */
export function factsAgain(seen: SeenFacts): RuleFacts {
	return {
		text: (fact, field) => seen.texts[textKey(fact, field)] ?? "",
		number: (fact) => seen.numbers[fact] ?? null,
		placedAt: () => seen.placedAt ?? "",
		tags: () => seen.tags ?? [],
		lines: () => seen.lines ?? [],
		stock: (warehouseId) => seen.stock[warehouseId] ?? "unknown",
	};
}

/** Under which name a text is kept. */
export function textKey(fact: string, field = ""): string {
	return fact === "extra" ? `extra:${field}` : fact;
}

/** Hands facts on, and remembers what was asked. */
export function remembering(facts: RuleFacts): { facts: RuleFacts; seen: SeenFacts } {
	const seen: SeenFacts = { texts: {}, numbers: {}, stock: {} };
	return {
		seen,
		facts: {
			text(fact, field) {
				const value = facts.text(fact, field);
				seen.texts[textKey(fact, field)] = value;
				return value;
			},
			number(fact) {
				const value = facts.number(fact);
				seen.numbers[fact] = value;
				return value;
			},
			placedAt() {
				seen.placedAt = facts.placedAt();
				return seen.placedAt;
			},
			tags() {
				seen.tags = [...facts.tags()];
				return seen.tags;
			},
			lines() {
				seen.lines ??= facts.lines();
				return seen.lines;
			},
			stock(warehouseId) {
				const state = facts.stock(warehouseId);
				seen.stock[warehouseId] = state;
				return state;
			},
		},
	};
}
