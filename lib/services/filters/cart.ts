/** A cart and the filters it has now. */
import { type CartFilters, cartFilters } from "@/lib/canonical/filters";
import { connectorByKey } from "@/lib/connectors";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export interface FilteredCart {
	id: string;
	name: string;
	merchantId: string;
	/** False for one that hands its orders in: it cannot be asked for one of them. */
	canBeAsked: boolean;
	/** 0: nothing was ever saved. */
	version: number;
	filters: CartFilters;
}

/** Throws `not-found` for what is no cart of the scope. With the lock, two people who save are one after the other. */
export async function readFilteredCart(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
	lock: "" | "for no key update of c" = "",
): Promise<FilteredCart> {
	const [cart] = await tx.sql<{ id: string; name: string; merchantId: string; connectorKey: string }>(
		`select c."id", c."name", c."merchantId", c."connectorKey" from "Connection" c
		 where c."accountId" = $1 and c."id" = $2 and c."side" = 'source' and c."archivedAt" is null
		   and ($3::text is null or c."merchantId" = $3) ${lock}`,
		[scope.accountId, connectionId, scope.merchantId ?? null],
	);
	if (!cart) throw new AppError("not-found", { thing: "cart" });
	const [latest] = await tx.sql<{ version: number; filters: unknown }>(
		`select "version", "filters" from "CartFilters" where "accountId" = $1 and "connectionId" = $2
		 order by "version" desc limit 1`,
		[scope.accountId, connectionId],
	);
	const { connectorKey, ...rest } = cart;
	return {
		...rest,
		canBeAsked: connectorByKey(connectorKey)?.source?.orders !== undefined,
		version: latest?.version ?? 0,
		filters: cartFilters.parse(latest?.filters ?? {}),
	};
}
