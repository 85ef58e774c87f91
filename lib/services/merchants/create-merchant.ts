import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { transactScoped } from "@/lib/db/scoped";
import { AppError } from "@/lib/errors/app-error";

/** Adds a merchant. A Merchant account has exactly one. */
export function createMerchant(scope: Scope, name: string): Promise<{ id: string }> {
	return transactScoped(scope, async (tx) => {
		const account = await tx.db.account.findFirstOrThrow({ where: {}, select: { kind: true } });
		if (account.kind === "merchant" && (await tx.db.merchant.count({})) > 0)
			throw new AppError("conflict", { problem: "A Merchant account has one merchant: its own." });
		await mustBeFree(tx.db, name);
		const id = newId("mer");
		await tx.db.merchant.create({ data: { id, accountId: scope.accountId, name } });
		await audit(tx, scope, {
			action: "merchant.added",
			subjectType: "merchant",
			subjectId: id,
			merchantId: id,
			after: { name },
		});
		return { id };
	});
}

/** Throws `bad-input` when another merchant of the account has the name. */
export async function mustBeFree(
	db: { merchant: { count(args: { where: object }): Promise<number> } },
	name: string,
	exceptId?: string,
): Promise<void> {
	const same = await db.merchant.count({ where: { name, ...(exceptId && { id: { not: exceptId } }) } });
	if (same === 0) return;
	const problem = "another merchant has this name. Choose another.";
	throw new AppError("bad-input", { field: "Name", problem }, { fields: { name: problem } });
}
