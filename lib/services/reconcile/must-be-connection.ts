import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

/** Throws `not-found` for a connection that is foreign or gone. */
export async function mustBeConnection(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
): Promise<{ merchantId: string }> {
	const [connection] = await tx.sql<{ merchantId: string }>(
		`select "merchantId" from "Connection" where "accountId" = $1 and "id" = $2 and "archivedAt" is null`,
		[scope.accountId, connectionId],
	);
	if (!connection) throw new AppError("not-found", { thing: "connection" });
	return connection;
}
