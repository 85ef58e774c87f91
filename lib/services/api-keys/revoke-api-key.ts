import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transactScoped } from "@/lib/db/scoped";
import { lockApiKey } from "./lock-api-key";

/** Ends a key, and the one before it, at once and for good. Revoking twice changes nothing. */
export async function revokeApiKey(scope: Scope, apiKeyId: string): Promise<{ id: string }> {
	await transactScoped(scope, async (tx) => {
		const before = await lockApiKey(tx, scope, apiKeyId);
		if (before.revokedAt) return;
		const ended = { revokedAt: new Date(), previousHash: null, previousPrefix: null, previousUntil: null };
		await tx.db.apiKey.updateMany({ where: { id: apiKeyId }, data: ended });
		await audit(tx, scope, {
			action: "api-key.revoked",
			subjectType: "apiKey",
			subjectId: apiKeyId,
			...(before.merchantId && { merchantId: before.merchantId }),
			before: { name: before.name, prefix: before.prefix },
		});
	});
	return { id: apiKeyId };
}
