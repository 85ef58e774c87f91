import { makeKey } from "@/lib/auth/authorization";
import { withinMerchant } from "@/lib/auth/roles";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Permission, Scope } from "@/lib/db/scope";
import { type ScopedTransaction, transactScoped } from "@/lib/db/scoped";
import { AppError } from "@/lib/errors/app-error";
import { after, dayMs } from "@/lib/time";

export interface NewApiKey {
	name: string;
	merchantId?: string | undefined;
	connectionId?: string | undefined;
	permissions: Permission[];
	expiresInDays: number | null;
}

/** Makes a key and tells it, this once. A key may do no more than its maker, and within a merchant no account work. */
export async function createApiKey(scope: Scope, given: NewApiKey): Promise<{ id: string; key: string }> {
	const { key, prefix, tokenHash } = makeKey();
	const id = newId("key");
	const { actor } = scope;
	await transactScoped(scope, async (tx) => {
		const merchantId = await merchantOf(tx, given);
		mustBeAllowed(scope, given.permissions, merchantId);
		const expiresAt = given.expiresInDays === null ? null : after(new Date(), given.expiresInDays * dayMs);
		const facts = {
			name: given.name,
			merchantId,
			connectionId: given.connectionId ?? null,
			permissions: [...new Set(given.permissions)],
			prefix,
			expiresAt,
		};
		await tx.db.apiKey.create({
			data: {
				...facts,
				id,
				accountId: scope.accountId,
				tokenHash,
				createdById: actor.type === "job" ? actor.task : actor.id,
				createdByName: actor.type === "job" ? "" : (actor.name ?? ""),
			},
			select: { id: true },
		});
		await audit(tx, scope, {
			action: "api-key.created",
			subjectType: "apiKey",
			subjectId: id,
			...(merchantId && { merchantId }),
			after: facts,
		});
	});
	return { id, key };
}

/** Whose key it becomes; null for the whole account. Throws `not-found` for what is not there. */
async function merchantOf({ db }: ScopedTransaction, given: NewApiKey): Promise<string | null> {
	if (given.connectionId) {
		const where = { id: given.connectionId, archivedAt: null };
		const found = await db.connection.findFirst({ where, select: { merchantId: true } });
		if (!found || (given.merchantId && given.merchantId !== found.merchantId))
			throw new AppError("not-found", { thing: "connection" });
		return found.merchantId;
	}
	if (!given.merchantId) return null;
	const found = await db.merchant.findFirst({ where: { id: given.merchantId, archivedAt: null } });
	if (!found) throw new AppError("not-found", { thing: "merchant" });
	return found.id;
}

function mustBeAllowed(scope: Scope, wanted: Permission[], merchantId: string | null): void {
	const able = merchantId ? withinMerchant([...scope.may]) : [...scope.may];
	const beyond = wanted.filter((permission) => !able.includes(permission));
	if (beyond.length === 0) return;
	const problem = `${beyond.join(", ")} cannot be given to this key.`;
	throw new AppError("bad-input", { field: "permissions", problem }, { fields: { permissions: problem } });
}
