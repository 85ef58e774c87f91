/**
 * Every way in which the two sides of a connection may disagree: how it is called, and what mends it. One table for
 * the comparison, the screen and the alert.
 */
export const differenceKinds = {
	"missing-here": {
		side: "source",
		area: "orders",
		title: "Not loaded",
		about: "Open in the cart, and nothing leaves them out, yet they are not here.",
		fix: { action: "pull", label: "Pull it now", all: "Pull all now" },
		costsMoney: true,
	},
	"left-out": {
		side: "source",
		area: "orders",
		title: "Left out",
		about: "Open in the cart, and left out by a setting or because they cannot be used.",
		fix: null,
		costsMoney: false,
	},
	"canceled-here": {
		side: "source",
		area: "orders",
		title: "Canceled here only",
		about: "Open in the cart, but canceled here or not to be sent.",
		fix: null,
		costsMoney: false,
	},
	"canceled-there": {
		side: "source",
		area: "orders",
		title: "Canceled in the cart only",
		about: "Canceled in the cart, but still on their way here.",
		fix: { action: "cancel", label: "Cancel it", all: "Cancel all" },
		costsMoney: true,
	},
	"closed-there": {
		side: "source",
		area: "orders",
		title: "No longer open in the cart",
		about: "On their way here, while the cart counts them as finished or knows them no more: they may ship twice.",
		fix: { action: "cancel", label: "Cancel it", all: "Cancel all" },
		costsMoney: true,
	},
	"changed-there": {
		side: "source",
		area: "orders",
		title: "Changed in the cart",
		about: "Changed in the cart since they were loaded, and not sent yet.",
		fix: { action: "pull", label: "Pull it now", all: "Pull all now" },
		costsMoney: false,
	},
	"changed-after-delivery": {
		side: "source",
		area: "orders",
		title: "Changed after delivery",
		about: "Changed in the cart after they were sent. The warehouse packs what it was given.",
		fix: null,
		costsMoney: false,
	},
	"not-told": {
		side: "source",
		area: "shipments",
		title: "Cart not told",
		about: "Shipped, but the cart does not know.",
		fix: { action: "resend-tracking", label: "Resend tracking", all: "Resend all tracking" },
		costsMoney: false,
	},
	"missing-there": {
		side: "destination",
		area: "orders",
		title: "Not at the warehouse",
		about: "At the warehouse by our books, but it has no such order.",
		fix: { action: "send-again", label: "Resend", all: "Resend all" },
		costsMoney: true,
	},
	"shipped-there": {
		side: "destination",
		area: "shipments",
		title: "Shipment not fetched",
		about: "Shipped by the warehouse, and not known here.",
		fix: { action: "fetch-shipments", label: "Fetch shipments now", all: "Fetch shipments now" },
		costsMoney: false,
	},
	"canceled-at-warehouse": {
		side: "destination",
		area: "orders",
		title: "Canceled at the warehouse",
		about: "Canceled by the warehouse, but still on their way by our books.",
		fix: { action: "cancel-here", label: "Cancel it here too", all: "Cancel all here too" },
		costsMoney: true,
	},
	stock: {
		side: "destination",
		area: "stock",
		title: "Stock figures differ",
		about: "The warehouse states another figure than the one we hold.",
		fix: { action: "read-stock", label: "Read stock now", all: "Read stock now" },
		costsMoney: false,
	},
} as const satisfies Record<string, DifferenceInfo>;

interface DifferenceInfo {
	side: "source" | "destination";
	area: ReconcileArea;
	title: string;
	about: string;
	/** What the button does, and what it says for one and for all of the kind. Null: only a person can judge. */
	fix: { action: FixAction; label: string; all: string } | null;
	/** Goods or sales are lost while it lasts: two rounds of it raise an alert. */
	costsMoney: boolean;
}
export type FixAction =
	| "pull"
	| "cancel"
	| "resend-tracking"
	| "send-again"
	| "fetch-shipments"
	| "cancel-here"
	| "read-stock";
export const reconcileAreas = ["orders", "shipments", "stock"] as const;
export type ReconcileArea = (typeof reconcileAreas)[number];

export type DifferenceKind = keyof typeof differenceKinds;
export const differenceKindNames = Object.keys(differenceKinds) as DifferenceKind[];

/** Those whose lasting costs money. */
export const costlyKinds = differenceKindNames.filter((kind) => differenceKinds[kind].costsMoney);

export function fixOf(kind: DifferenceKind): DifferenceInfo["fix"] {
	return differenceKinds[kind].fix;
}
