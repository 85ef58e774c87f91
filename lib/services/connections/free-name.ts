import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

/** Throws `bad-input` when another connection of the merchant has the name. */
export async function mustBeFreeName(tx: Transaction, scope: Scope, merchantId: string, name: string): Promise<void> {
	const same = await tx.sql(`select 1 from "Connection" where "accountId" = $1 and "merchantId" = $2 and "name" = $3`, [
		scope.accountId,
		merchantId,
		name,
	]);
	if (same.length > 0) throw nameTaken();
}

export function nameTaken(): AppError {
	const problem = "Another connection of this merchant has this name. Choose another.";
	return new AppError("bad-input", { field: "Name", problem }, { fields: { name: problem } });
}
