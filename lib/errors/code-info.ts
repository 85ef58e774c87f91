/** What is known of one code that people can meet. */
export interface ErrorCodeInfo {
	/** HTTP status when a verb throws it. */
	status: number;
	/** What happened, with {facts}. */
	sentence: string;
	meaning: string;
	/** What to do, as the label of the button or a sentence. */
	action: string;
	/** Which screen fixes it. */
	fix?:
		| "connection"
		| "order"
		| "connections"
		| "orders"
		| "purchase-orders"
		| "inventory"
		| "mappings"
		| "people"
		| "you"
		| "second-factor"
		| "notifications";
}
