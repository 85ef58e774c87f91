"use client";
import { parseAsArrayOf, parseAsString, useQueryStates } from "nuqs";

/** Where a list is: the key after which its page starts, and the keys of the pages before it. Kept in the address. */
export function usePaging() {
	const [{ after, before }, set] = useQueryStates({
		after: parseAsString,
		before: parseAsArrayOf(parseAsString).withDefault([]),
	});
	return {
		after: after ?? undefined,
		pager: {
			after,
			before,
			onTurn: (pages: string[], next: string | null) =>
				void set({ before: pages.length > 0 ? pages : null, after: next }),
		},
		/** To the first page, as when a filter changes. */
		reset: { after: null, before: null },
	};
}
