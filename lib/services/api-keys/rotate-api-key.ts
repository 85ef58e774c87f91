import { makeKey } from "@/lib/auth/authorization";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transactScoped } from "@/lib/db/scoped";
import { AppError } from "@/lib/errors/app-error";
import { after, hourMs } from "@/lib/time";
import { lockApiKey } from "./lock-api-key";

/**
 * Gives a key a new secret and tells it, this once. The one before works for `overlapHours` more; one that was
 * still left from an earlier rotation ends now.
 */
export async function rotateApiKey(
	scope: Scope,
	apiKeyId: string,
	overlapHours: number,
): Promise<{ id: string; key: string }> {
	const { key, prefix, tokenHash } = makeKey();
	await transactScoped(scope, async (tx) => {
		const before = await lockApiKey(tx, scope, apiKeyId);
		if (before.revokedAt) throw new AppError("conflict", { problem: `${before.name} is revoked. Make a new key.` });
		if (before.expiresAt && before.expiresAt <= new Date())
			throw new AppError("conflict", { problem: `${before.name} has expired. Make a new key.` });
		if (before.permissions.some((permission) => ![...scope.may].some((own) => own === permission)))
			throw new AppError("forbidden");
		const stays = overlapHours > 0;
		await tx.db.apiKey.updateMany({
			where: { id: apiKeyId },
			data: {
				prefix,
				tokenHash,
				lastUsedAt: null,
				previousPrefix: stays ? before.prefix : null,
				previousHash: stays ? before.tokenHash : null,
				previousUntil: stays ? after(new Date(), overlapHours * hourMs) : null,
				previousUsedAt: stays ? before.lastUsedAt : null,
			},
		});
		await audit(tx, scope, {
			action: "api-key.rotated",
			subjectType: "apiKey",
			subjectId: apiKeyId,
			...(before.merchantId && { merchantId: before.merchantId }),
			before: { prefix: before.prefix },
			after: { prefix, overlapHours },
		});
	});
	return { id: apiKeyId, key };
}
