/** Who owns the side that fails: the shop, the warehouse, a missing set-up or mapping, or we. */
export const alertSides = ["cart", "warehouse", "mapping", "crossdock"] as const;
export type AlertSide = (typeof alertSides)[number];

/** Whose side fails, in words for the chip, the filter and the file. */
export const sideWords: Record<AlertSide, string> = {
	cart: "Cart's side",
	warehouse: "Warehouse's side",
	mapping: "Set-up and mappings",
	crossdock: "Crossdock's side",
};
