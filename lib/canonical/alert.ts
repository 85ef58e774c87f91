/** Who owns the side that fails: the shop, the warehouse, a missing set-up or mapping, or we. */
export const alertSides = ["cart", "warehouse", "mapping", "crossdock"] as const;
export type AlertSide = (typeof alertSides)[number];
