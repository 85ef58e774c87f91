import { mayChangeSide } from "@/lib/auth/roles";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export interface Cart {
	id: string;
	merchantId: string;
	name: string;
	live: boolean;
}

/** An order source, locked: intake that is under way ends first. Throws `not-found`, or `forbidden` without the right. */
export async function lockCart(tx: Transaction, scope: Scope, connectionId: string): Promise<Cart> {
	const [cart] = await tx.sql<Cart>(
		`select "id", "merchantId", "name", "liveAt" is not null as "live" from "Connection"
		 where "accountId" = $1 and "id" = $2 and "side" = 'source' and "archivedAt" is null for update`,
		[scope.accountId, connectionId],
	);
	if (!cart) throw new AppError("not-found", { thing: "cart" });
	if (!mayChangeSide(scope, "source")) throw new AppError("forbidden");
	return cart;
}
