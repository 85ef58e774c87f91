import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import type { Things } from "./things";

/** The cart's figure of TEE, with or without more sold than there is. */
export function setFigure({ accountId, merchantId, connectionId }: Things, oversold: boolean) {
	const terms = oversold ? [{ kind: "floor", label: "A cart cannot be told less than 0", amount: 3 }] : [];
	return systemPool().query(
		`insert into "InventoryFigure" ("accountId", "merchantId", "connectionId", "sku", "quantity", "terms", "state", "computedAt")
		 values ($1, $2, $3, 'TEE', 0, $4, 'pushed', now())
		 on conflict ("accountId", "connectionId", "sku") do update set "terms" = excluded."terms"`,
		[accountId, merchantId, connectionId, JSON.stringify(terms)],
	);
}

/** How often the cart's Inventory Upload runs by itself. */
export function setUploadMode({ accountId, merchantId, connectionId }: Things, mode: string) {
	return systemPool().query(
		`insert into "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode") values ($1, $2, $3, $4, 'inventory/upload', $5)
		 on conflict ("accountId", "connectionId", "job") do update set "mode" = excluded."mode"`,
		[newId("flo"), accountId, merchantId, connectionId, mode],
	);
}
