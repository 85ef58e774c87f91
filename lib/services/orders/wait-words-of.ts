/** What an order waits for until a moment, and what ends it: its warehouse, or the hold window of its cart. */
export function waitWordsOf({ waitsForOpening }: { waitsForOpening?: boolean }): [title: string, detail: string] {
	return waitsForOpening
		? ["Waits for the warehouse to open", "It was ready after the cut-off. Send now sends it at once."]
		: ["Waits for changes in the cart", "The hold window of its cart. Send now ends it."];
}
