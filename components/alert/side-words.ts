import type { AlertSide } from "@/lib/canonical/alert";

/** Whose side fails, in words for the chip and the filter. */
export const sideWords: Record<AlertSide, string> = {
	cart: "Cart's side",
	warehouse: "Warehouse's side",
	mapping: "Set-up and mappings",
	crossdock: "Crossdock's side",
};
