/** What a REST connection does, as plain data made from its settings: every connector of this kind ends in one. */
import type { z } from "zod";
import type { Fields } from "../types";
import type { Path, Rule } from "./field-map";
import type { WeightUnit } from "./read-record";

export interface RestPlan {
	baseUrl: string;
	auth: Auth;
	paging: Paging;
	changes: Changes;
	/** IANA zone of times without an offset. */
	zone: string;
	/** Where an answer with status 200 holds the sentence of an error; empty path: nowhere. */
	errorAt: Path;
	/** A connection is being tested: a refused token is not asked for again. */
	testing?: true;
	/** Asked by "Test connection"; empty: the first list there is. `nameAt` leads to what it is called. */
	check: { path: string; nameAt: Path };
	lists: Partial<Record<ListName, ListPlan>>;
	send?: SendPlan;
	cancel?: CancelPlan;
	newProduct?: NewProductPlan;
	getOrder?: { path: string; recordAt: Path };
	confirm?: ConfirmPlan;
	stock?: StockPlan;
	shipments: { weights: WeightUnit; alwaysFinal: boolean };
}

export interface Auth {
	scheme: AuthScheme;
	/** User name or client id. */
	user: string;
	/** Password, token, key or client secret. */
	secret: string;
	/** Of the header or the query parameter that carries the key. */
	keyName: string;
	tokenUrl: string;
	scope: string;
	/** Sent with every call, besides. */
	headers: Record<string, string>;
}
export const authSchemes = ["none", "basic", "bearer", "header", "query", "oauth"] as const;
export type AuthScheme = (typeof authSchemes)[number];

export const pagingKinds = ["none", "page", "offset", "cursor", "link"] as const;
export interface Paging {
	kind: (typeof pagingKinds)[number];
	/** Query parameter of the page number, the offset or the cursor. */
	name: string;
	/** Number of the first page. */
	first: number;
	/** Query parameter of how many records a page holds; empty: it is not said. */
	sizeName: string;
	size: number;
	/** Where an answer holds the next cursor or link. */
	nextAt: Path;
}

/** How a list is asked for what changed. */
export interface Changes {
	/** Query parameter of the lower bound; empty: everything is read each time. */
	name: string;
	form: "iso" | "epoch" | "local";
	/** The list comes by change time, the oldest first. */
	sorted: boolean;
}

export const listNames = ["orders", "cancellations", "shipments", "inventory", "products", "locations"] as const;
export type ListName = (typeof listNames)[number];
export interface ListPlan {
	path: string;
	/** Where the list stands in the answer. */
	at: Path;
	rules: Rule[];
}

export interface SendPlan {
	path: string;
	rules: Rule[];
	find: { path: string; at: Path; rules: Rule[] };
	/** Where the answer to a create holds the order. */
	recordAt: Path;
	/** The system itself refuses a number that it has. */
	refusesDoubles: boolean;
	shippedWords: string[];
	canceledWords: string[];
	/** With {number}, {sourceNumber} and {orderSource}. */
	referenceTemplate: string;
	checks: SendCheck[];
	/** More fields that the map may name: they stand beside the order's own. */
	more: Record<string, string>;
}
export interface NewProductPlan {
	path: string;
	rules: Rule[];
	findPath: string;
	/** Where the products that were found stand. */
	foundAt: Path;
	foundRules: Rule[];
}
/** One rule an order must keep before it is sent. */
export interface SendCheck {
	line: number;
	path: Path;
	is: { kind: "required" } | { kind: "max"; length: number } | { kind: "only"; characters: string };
}
export interface CancelPlan {
	path: string;
	method: "POST" | "PUT" | "PATCH" | "DELETE";
	reasonAt: string;
	/** Where one order is read, to see what a refusal means; empty: it is not looked at. */
	orderPath: string;
}
export interface ConfirmPlan {
	path: string;
	rules: Rule[];
	find: { path: string; at: Path; rules: Rule[] };
	recordAt: Path;
	refusesDoubles: boolean;
}
export interface StockPlan {
	path: string;
	method: "POST" | "PUT" | "PATCH";
	rules: Rule[];
	/** All figures in one call, or one call for each. */
	together: boolean;
	/** Of an answer to many: what became of each; without it a good answer means all of them. */
	outcomes: { at: Path; rules: Rule[] } | null;
}

export type PlanOf<S extends Fields> = (settings: z.output<S>) => RestPlan;

/** Made once for each context: the maps are parsed then. */
export function remembered<S extends Fields>(make: PlanOf<S>): PlanOf<S> {
	const plans = new WeakMap<object, RestPlan>();
	return (settings) => {
		const known = plans.get(settings) ?? make(settings);
		plans.set(settings, known);
		return known;
	};
}
