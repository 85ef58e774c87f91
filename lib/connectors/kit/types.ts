/**
 * The interface of a connector. One plain object per outside system: a capability that is present is a
 * promise, checked by `conform.ts`. Nothing here does I/O; `http.ts` and `context.ts` do.
 */
import type { z } from "zod";
import type { CancelMessage, WarehouseCancellation } from "@/lib/canonical/cancellation";
import type { Location, Product, ShipMethod } from "@/lib/canonical/catalogue";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { InventoryFigure, InventoryLevel } from "@/lib/canonical/inventory";
import type { CancelRequest, Order } from "@/lib/canonical/order";
import type { PurchaseOrder, Receipt, ReceiptMessage } from "@/lib/canonical/purchase-order";
import type { ConfirmationMessage, Shipment } from "@/lib/canonical/shipment";
import type { UnitPair } from "@/lib/canonical/units";
import type { ConnectorError } from "./fault";
import type { Preview } from "./preview";
import type { PurchaseReferences, ReferenceFields } from "./reference-fields";

/* 1 Settings ────────────────────────────────────────────────────────── */

/** Where a value is kept. A 3PL types the first once, a merchant the second, a connection the third. */
export type Level = "account" | "merchant" | "connection";

/** How one field looks to a person. Every field of every settings schema has one; C1 insists. */
export interface FieldMeta {
	label: string;
	help?: string;
	section: "Access" | "Orders" | "Backorders" | "Shipments" | "Inventory" | "Products" | "Purchase orders";
	/** Default: "connection". */
	level?: Level;
	secret?: boolean;
	advanced?: boolean;
	choicesFrom?: "locations" | "shipMethods";
	/** Words for the values of a choice; a value without one is shown as it is. */
	optionLabels?: Record<string, string>;
	multiline?: boolean;
	/** Shown only while another field holds one of these; otherwise it has no effect. */
	when?: { field: string; is: string[] };
}
export type Fields = z.ZodObject;

/* 2 What a connector is handed ──────────────────────────────────────── */

export interface Context<S extends Fields> {
	readonly settings: z.output<S>;
	/** Throttled to `limits`, authorized, retried where safe, recorded with secrets masked. Throws ConnectorError only. */
	readonly http: Http;
	readonly log: Log;
	readonly now: () => Date;
	readonly signal: AbortSignal;
	/** The short-lived credential all jobs of this connection share. See `TokenStore`. */
	readonly token: (renew: () => Promise<Token>) => Promise<Token>;
}

/** A short-lived credential. It is sealed at rest and masked wherever it appears. */
export interface Token {
	value: string;
	expiresAt: Date;
}

export interface Http {
	get<T>(path: string, options: RequestOptions<T>): Promise<Reply<T>>;
	send<T>(method: Method, path: string, body: unknown, options: RequestOptions<T>): Promise<Reply<T>>;
}
export type Method = "POST" | "PUT" | "PATCH" | "DELETE";

export interface RequestOptions<T> {
	/** The answer is parsed with it; an answer that does not fit is a permanent fault naming the field. */
	schema: z.ZodType<T>;
	query?: Record<string, string | number | boolean | undefined>;
	headers?: Record<string, string>;
	/**
	 * True only where repeating the call changes nothing: every read, and writes the remote system promises so.
	 * GET is repeatable by itself. A lost answer to a call that is not repeatable is `transient` with `sent: true`.
	 */
	repeatable?: boolean;
	/** What the answer is written in. Default JSON. A body that is not JSON is handed over as text, with its content-type. */
	format?: BodyFormat;
	/** False for the call that obtains the token itself. Default true. */
	authorized?: boolean;
	/** Turns the system's own error answer into a fault; undefined leaves it to the default table. */
	fault?: (answer: ErrorAnswer) => ConnectorError | undefined;
}
/** A way of writing answers. `parse` throws where the text is broken or is none of its kind. */
export interface BodyFormat {
	name: string;
	accept: string;
	parse(text: string): unknown;
}
/** Headers of an answer, by name in any case. */
export type AnswerHeaders = Pick<Headers, "get">;
/** An answer with a status of 400 or more, or one whose body the connector itself judges to be an error. */
export interface ErrorAnswer {
	status: number;
	headers: AnswerHeaders;
	/** Parsed where the body is in the agreed format, else its text, at most 64 KiB of it. */
	body: unknown;
	exchangeId: string;
}
export interface Reply<T> {
	data: T;
	status: number;
	headers: AnswerHeaders;
	exchangeId: string;
}
export interface Log {
	info(message: string, facts?: object): void;
	warn(message: string, facts?: object): void;
}

/* 3 Reading ─────────────────────────────────────────────────────────── */

/** `from` bounds the first run only; afterwards the cursor alone decides. */
export interface ReadFrom<C> {
	cursor: C | null;
	from?: Date;
	until?: Date;
}

/** One page and the cursor to store with it: committed together, so a cut run resumes exactly. */
export interface Page<T, C> {
	records: Read<T>[];
	next: C;
	/** How many records the source says there are in all, when it does: for progress. */
	total?: number;
}

/** A bad record is reported, never thrown: its neighbours still load. */
export type Read<T> =
	| { ok: true; sourceId: string; changedAt: Date; value: T; raw: unknown }
	| { ok: false; sourceId: string; problem: string; field?: string; raw: unknown };

export interface Reader<S extends Fields, T, C> {
	cursor: z.ZodType<C>;
	read(context: Context<S>, from: ReadFrom<C>): AsyncIterable<Page<T, C>>;
}

/* 4 Writing ─────────────────────────────────────────────────────────── */

/** `key` is the same on every attempt at the same write. */
export interface Write<T> {
	key: string;
	value: T;
	attempt: number;
}
export interface Written {
	externalId: string;
	externalNumber?: string;
	/** True when the far side had it already and nothing was created. */
	existed: boolean;
	/** What became of it since, where `find` can tell; absent means that it is there. */
	state?: "open" | "shipped" | "canceled";
	exchangeId?: string;
}

/** `find` is a must: a lost answer is looked for before it is created again. `correct` rewords what is there, once. */
export interface Creator<S extends Fields, T> {
	find(context: Context<S>, key: string, value: T): Promise<Written | null>;
	create(context: Context<S>, write: Write<T>): Promise<Written>;
	correct?(context: Context<S>, write: Write<T>): Promise<Written>;
}
export type Outcome =
	| { key: string; ok: true; exchangeId?: string }
	| { key: string; ok: false; error: ConnectorError }
	/** The far side does not know the thing, or does not track it: nothing to repeat. */
	| { key: string; ok: "skipped"; reason: string };

/** Setting an absolute value twice is harmless, so these writes need no `find`. One outcome per write. */
export interface Setter<S extends Fields, T> {
	maxBatch: number;
	set(context: Context<S>, writes: Write<T>[]): Promise<Outcome[]>;
}

/* 5 Capabilities: an object that is present is a promise ────────────── */

/** A cursor's type is private to its reader; the flow stores it as JSON it parsed with `cursor`. */
// biome-ignore lint/suspicious/noExplicitAny: confined to this line, see above
type AnyReader<S extends Fields, T> = Reader<S, T, any>;

export interface Source<S extends Fields> {
	orders?: AnyReader<S, Order> & {
		get(context: Context<S>, sourceId: string): Promise<Read<Order> | null>;
		/** The source's id of the order that people know by this number; absent where both are one. */
		find?(context: Context<S>, number: string): Promise<string | null>;
		/** Which setting leaves such an order out of `read`, as a sentence; null when it would be read. */
		unwanted?(settings: z.output<S>, order: Order): string | null;
	};
	cancellations?: AnyReader<S, CancelRequest>;
	/** In every state: one that was cancelled must be told as such. `unwanted` is as for orders. */
	purchaseOrders?: AnyReader<S, PurchaseOrder> & {
		unwanted?(settings: z.output<S>, order: PurchaseOrder): string | null;
	};
	/** One message per line of a receipt, in the order in which they arrived; never two of one line at a time. */
	receipts?: Creator<S, ReceiptMessage>;
	products?: AnyReader<S, Product>;
	locations?: { list(context: Context<S>): Promise<Location[]> };
	/** Tells the source that an order was loaded. `wanted` says whether the settings ask for it; absent: always. */
	acknowledge?: Setter<S, { sourceId: string }> & { wanted?(settings: z.output<S>): boolean };
	/** `lines`: whether the source accepts which lines a package holds. */
	confirm?: Creator<S, ConfirmationMessage> & { takes: "one-per-order" | "one-per-package"; lines: boolean };
	/**
	 * Cancels a whole order, of which nothing may have left there. `find` gives what is canceled already, whoever did it;
	 * an order that has left is a permanent fault.
	 */
	cancel?: Creator<S, CancelMessage>;
	/** The quantity is what may still be sold: a source that counts reserved units inside its own figure adds them. */
	inventory?: Setter<S, InventoryFigure> & InventoryRules<S>;
}
/** How a source's stock differs from a plain figure. Each is optional, and is asked before anything is told. */
export interface InventoryRules<S extends Fields> {
	/** Why nothing can be told with these settings, as words that follow "because"; null when it can. */
	blocked?(settings: z.output<S>): string | null;
	/** "on-hand": the source takes its own orders off, so it is told what is in the building. Default: what is free. */
	basis?(settings: z.output<S>): "available" | "on-hand";
	/** What makes telling it more often than once a day risky just now, as words for people; null when nothing does. */
	caution?(context: Context<S>): Promise<string | null>;
}
export interface Destination<S extends Fields> {
	/** `key` of a create is the order's number at the destination. */
	orders?: Creator<S, DeliverableOrder> & {
		maxNumberLength?: number;
		/** Which fields of an order a person may build from a template: those that the system keeps and shows. */
		takes?: ReferenceFields;
		/** Replaces an order that is there and not packed yet. Said twice, it is done once. */
		update?(context: Context<S>, externalId: string, order: DeliverableOrder): Promise<UpdateAnswer>;
	};
	cancel?: { request(context: Context<S>, externalId: string, reason: string): Promise<CancelAnswer> };
	/** `key` is the number under which the warehouse knows it; its receipts name it or the id. `sourceLineId` is our line id. */
	purchaseOrders?: Creator<S, PurchaseOrder> & { takes?: PurchaseReferences };
	/** Orders that the warehouse canceled, by itself or because we asked: the flow knows which. */
	cancellations?: AnyReader<S, WarehouseCancellation>;
	shipments?: AnyReader<S, Shipment>;
	receipts?: AnyReader<S, Receipt>;
	/** Always the whole stock: a SKU that a complete read does not mention is no longer there. */
	inventory?: AnyReader<S, InventoryLevel>;
	/** Always all of them: a product that a complete read does not mention is no longer there. */
	products?: AnyReader<S, Product> & ProductRules<S>;
	locations?: { list(context: Context<S>): Promise<Location[]> };
	shipMethods?: { list(context: Context<S>): Promise<ShipMethod[]> };
}
export interface ProductRules<S extends Fields> {
	/** It tells further codes of its products. */
	aliases?: true;
	/** The units it takes, where it does not take all. */
	units?: readonly UnitPair[];
	/** Makes a product known there; `key` is its SKU. Weight and size come in the channel's units. */
	add?: Creator<S, Product> & {
		/** Why nothing can be added with these settings, as words that follow "because"; null when it can. */
		blocked?(settings: z.output<S>): string | null;
	};
}
/** `refused` says why in words for a person, e.g. that the order is packed already; so below. */
export type UpdateAnswer = { state: "accepted" } | { state: "refused"; reason: string };
export type CancelAnswer = { state: "accepted" | "pending" } | { state: "refused"; reason: string };

/** A webhook is a hint to read sooner, never the data itself. */
export interface Hooks<S extends Fields> {
	/** True when the system itself signed the raw body. Asks the system at most for its public key. */
	verify(context: Context<S>, request: Request): Promise<boolean>;
	/** The event's own id, the same on every delivery, and when it happened; null when the body is none. */
	event(body: unknown): { id: string; at: Date } | null;
	hints(body: unknown): { reads: "orders" | "cancellations" | "shipments" | "inventory"; sourceId?: string }[];
}

/* 6 The connector ───────────────────────────────────────────────────── */

export interface Connector<S extends Fields = Fields> {
	/** Stored in the database; never changes. Kebab-case. */
	key: string;
	name: string;
	/** One sentence for the picker and the docs page. */
	about: string;
	/** The system's own documentation. */
	docs?: string;
	status: "stable" | "beta" | "sandbox";
	settings: S;
	/** Where every relative path of `http` goes. */
	baseUrl(settings: z.output<S>): string;
	/** Headers that prove who we are, put on each request that is `authorized`. Uses `context.token` where tokens expire. */
	authorize?(context: Context<S>): Promise<Record<string, string>>;
	/** What partners allow: at most `requests` per `perSeconds`, at most `concurrent` in flight. */
	limits: { requests: number; perSeconds: number; concurrent: number };
	/** Cheapest call that proves the settings work; at most three requests. Answers in words a merchant understands. */
	check(context: Context<S>): Promise<CheckAnswer<S>>;
	source?: Source<S>;
	destination?: Destination<S>;
	hooks?: Hooks<S>;
	/** What these settings leave out, although the connector can do it: those functions begin switched off. */
	lacks?(settings: z.output<S>): (keyof Source<S> | keyof Destination<S>)[];
	preview?: Preview<S>;
}

export type CheckAnswer<S extends Fields> =
	| { ok: true; as: string }
	| { ok: false; fix: string; field?: keyof z.input<S> & string };
