/**
 * What a connector's tests tell the conformance suite: how to start its sandbox, and how to make things happen
 * inside it. The suite knows the promises; only the harness knows the system.
 */
import type fc from "fast-check";
import type { CancelMessage } from "@/lib/canonical/cancellation";
import type { Product } from "@/lib/canonical/catalogue";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { InventoryFigure } from "@/lib/canonical/inventory";
import type { PurchaseOrder, ReceiptMessage } from "@/lib/canonical/purchase-order";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import type { RunningSandbox } from "../sandbox-server";
import type { Connector } from "../types";

export type ReaderName =
	| "source.orders"
	| "source.cancellations"
	| "source.purchaseOrders"
	| "source.products"
	| "destination.cancellations"
	| "destination.shipments"
	| "destination.receipts"
	| "destination.inventory"
	| "destination.products";

/** The clock of sandbox and connector alike. It stands still unless moved. */
export interface Clock {
	now(): Date;
	advance(ms: number): void;
}

export interface Harness {
	/** Starts the system empty of records, with whatever products its samples need. Called once per check. */
	start(clock: Clock): Promise<Rig>;
	/** Access ends by itself and is renewed: `Rig.tokens` is present. */
	tokens?: boolean;
	/** Readers that tell everything each time instead of what changed. */
	whole?: readonly ReaderName[];
}

export interface RemoteCall {
	method: string;
	path: string;
	body: string;
}

export interface Rig {
	sandbox: RunningSandbox;
	/** Raw settings that work. */
	settings: Record<string, unknown>;
	/** For each secret setting a value of the right form that the system refuses. */
	wrong: Record<string, unknown>;
	/** Shoppers' data that seeded records or samples hold: names, streets, telephones, mails. */
	personal: string[];
	/** The calls that obtain a token, which faults must leave alone. */
	isTokenCall?(call: RemoteCall): boolean;
	tokens?: { expire(): void; given(): number };
	readers?: Partial<Record<ReaderName, ReaderRig>>;
	creators?: {
		"source.confirm"?: CreatorRig<ConfirmationMessage>;
		"source.receipts"?: CreatorRig<ReceiptMessage>;
		"source.cancel"?: CreatorRig<CancelMessage>;
		"destination.orders"?: CreatorRig<DeliverableOrder>;
		"destination.purchaseOrders"?: CreatorRig<PurchaseOrder>;
		"destination.products.add"?: CreatorRig<Product>;
	};
	setters?: {
		"source.inventory"?: SetterRig<InventoryFigure>;
		"source.acknowledge"?: SetterRig<{ sourceId: string }>;
	};
	cancel?: CancelRig;
	sourceCancel?: SourceCancelRig;
	update?: UpdateRig;
	hooks?: HookRig;
}

export interface ReaderRig {
	/** How many records make at least three pages. */
	threePages: number;
	/** Adds so many good records, moving the clock a second or more before each. Their ids as the reader tells them. */
	seed(count: number): Promise<string[]>;
	/** Changes a record, so that it must be read again. The clock was moved before. */
	touch?(id: string): void;
	/** Makes what the system lists for this record unreadable, but for its id. */
	spoil(id: string): void;
	/** Passes what the system lists for this record through `change`. */
	replace?(id: string, change: (raw: unknown) => unknown): void;
	/** An id of the right form that does not exist; for readers with `get`. */
	missing?: string;
	/** Good records as the system might really hold them. Each value adds its record and returns the id. */
	generated?: fc.Arbitrary<() => string>;
}

export interface CreatorRig<T> {
	/** Something to create, as the flow hands it over; ever another one. Prepares what it needs in the sandbox. */
	sample(n: number): Promise<{ key: string; value: T }>;
	/** How many of it exist at the far side. */
	count(key: string): number;
	/** The call that makes it exist. */
	isCreate(call: RemoteCall): boolean;
}

export interface SetterRig<T> {
	/** A write that works. */
	good(n: number): T;
	/** A write for something the system does not know. */
	unknown(n: number): T;
	/** True when the far side holds what was written. */
	holds(value: T): boolean;
}

export interface CancelRig {
	/** An order that can still be cancelled, and one that cannot: their external ids. */
	open(): Promise<string>;
	gone(): Promise<string>;
	isCanceled(externalId: string): boolean;
}

export interface SourceCancelRig {
	/** An order of which something has left: it must stay as it is. */
	gone(): Promise<CancelMessage>;
	isCanceled(orderSourceId: string): boolean;
}

export interface UpdateRig {
	/** The packers finish with it: from then on it must stay as it is. */
	pack(externalId: string): void;
	/** True when the far side has the order with exactly these items and quantities. */
	holds(externalId: string, order: DeliverableOrder): boolean;
}

export interface HookRig {
	/** A call as the system makes it, and the same with a signature that is not its own. */
	good(): Request;
	forged(): Request;
	/** Two bodies of events about the same thing, in the order in which they happened. */
	events(): [unknown, unknown];
}

/** A connector whose settings' exact type was forgotten; a context parses them before any function sees them. */
export type AnyConnector = Connector;
