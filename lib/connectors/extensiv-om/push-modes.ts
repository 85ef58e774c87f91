/**
 * Which number Order Manager is told, so that it shows what it should. Its own terms: on hand is what is in the
 * building, locked is what its orders reserve, and available is on hand less locked. Pure.
 */
export type InventoryMode = "unlocked" | "on-hand" | "unlocked-at-warehouse";

export interface PushInput {
	mode: InventoryMode;
	/** The hub's figure: what is free at the warehouse, or in mode B what is in the building. */
	quantity: number;
	/** Locked in Order Manager. */
	locked: number;
	/** Of these, on orders that neither the warehouse nor the hub knows. */
	held: number;
	/** What Order Manager makes of a pushed number. */
	pushedAs: "unlocked" | "on-hand";
}

export function pushOf({ mode, quantity, locked, held, pushedAs }: PushInput): number {
	const onHand = {
		/** A: all that is locked is at the warehouse already, and was taken off there. */
		unlocked: quantity + locked,
		/** B: Order Manager takes off what it locked. */
		"on-hand": quantity,
		/** C: what is locked but not at the warehouse still lies free there, and must not be sold again. */
		"unlocked-at-warehouse": quantity + locked - Math.min(held, locked),
	}[mode];
	return Math.max(0, pushedAs === "unlocked" ? onHand - locked : onHand);
}
