/** The states the watchdog looks at: since when an order counts as being in one, and how long it may rest there. */
export const watchedStatuses = {
	new: {
		since: "createdAt",
		restMinutes: 4 * 60,
		words: (rest: string) => `not at the warehouse for more than ${rest}`,
	},
	at_wms: {
		since: "deliveredAt",
		restMinutes: 3 * 24 * 60,
		words: (rest: string) => `at the warehouse for more than ${rest}`,
	},
	shipped: {
		since: "shippedAt",
		restMinutes: 4 * 60,
		words: (rest: string) => `shipped more than ${rest} ago, and the cart was not told`,
	},
} as const;
export type WatchedStatus = keyof typeof watchedStatuses;
export const watchedStatusNames = ["new", "at_wms", "shipped"] as const satisfies readonly WatchedStatus[];
