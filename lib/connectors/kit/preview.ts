import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Context, Fields, Method } from "./types";

/** Where a person maps the fields: what would be sent, and what is read, before either is in use. Changes nothing. */
export interface Preview<S extends Fields> {
	/** The request that would be sent, with secrets masked. Asks nobody. */
	send?(context: Context<S>, order: DeliverableOrder): RequestPreview;
	/** One real record, and what becomes of it. */
	read?(context: Context<S>): Promise<RecordPreview>;
}
export interface FieldProblem {
	/** As a map names it: `lines[].sku`. */
	field: string;
	/** A sentence without its subject: "is empty". */
	problem: string;
}
export interface RequestPreview {
	method: Method;
	url: string;
	headers: Record<string, string>;
	/** JSON. */
	body: string;
	problems: FieldProblem[];
	/** Fields of theirs that stay away, because ours are empty. */
	leftOut: string[];
}
export interface RecordPreview {
	/** JSON as the system gave it; null when it listed none. */
	given: string | null;
	/** JSON in our own words; null when it cannot be read. */
	read: string | null;
	problems: FieldProblem[];
}
