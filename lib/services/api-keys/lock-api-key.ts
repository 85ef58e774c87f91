import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export interface LockedApiKey {
	name: string;
	prefix: string;
	tokenHash: string;
	merchantId: string | null;
	permissions: string[];
	lastUsedAt: Date | null;
	expiresAt: Date | null;
	revokedAt: Date | null;
}

/** One key, held until the transaction ends. Throws `not-found`. */
export async function lockApiKey(tx: Transaction, scope: Scope, id: string): Promise<LockedApiKey> {
	const [row] = await tx.sql<LockedApiKey>(
		`select "name", "prefix", "tokenHash", "merchantId", "permissions", "lastUsedAt", "expiresAt", "revokedAt"
		 from "ApiKey" where "accountId" = $1 and "id" = $2 for update`,
		[scope.accountId, id],
	);
	if (!row) throw new AppError("not-found", { thing: "API key" });
	return row;
}
