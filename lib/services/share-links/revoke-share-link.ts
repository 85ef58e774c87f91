import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transactScoped } from "@/lib/db/scoped";
import { AppError } from "@/lib/errors/app-error";

/** Withdraws a link: from now on it opens nothing. One that was used stays used. */
export function revokeShareLink(scope: Scope, shareLinkId: string): Promise<{ id: string }> {
	return transactScoped(scope, async (tx) => {
		const link = await tx.db.shareLink.findFirst({ where: { id: shareLinkId } });
		if (!link) throw new AppError("not-found", { thing: "link" });
		const { count } = await tx.db.shareLink.updateMany({
			where: { id: shareLinkId, usedAt: null, revokedAt: null },
			data: { revokedAt: new Date() },
		});
		if (count > 0)
			await audit(tx, scope, {
				action: "share-link.withdrawn",
				subjectType: "connection",
				subjectId: link.connectionId,
				merchantId: link.merchantId,
				before: { email: link.email },
			});
		return { id: shareLinkId };
	});
}
