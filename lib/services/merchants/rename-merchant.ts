import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transactScoped } from "@/lib/db/scoped";
import { AppError } from "@/lib/errors/app-error";
import { mustBeFree } from "./create-merchant";

export function renameMerchant(scope: Scope, merchantId: string, name: string): Promise<{ id: string }> {
	return transactScoped(scope, async (tx) => {
		const merchant = await tx.db.merchant.findFirst({ where: { id: merchantId }, select: { name: true } });
		if (!merchant) throw new AppError("not-found", { thing: "merchant" });
		await mustBeFree(tx.db, name, merchantId);
		await tx.db.merchant.updateMany({ where: { id: merchantId }, data: { name } });
		await audit(tx, scope, {
			action: "merchant.renamed",
			subjectType: "merchant",
			subjectId: merchantId,
			merchantId,
			before: { name: merchant.name },
			after: { name },
		});
		return { id: merchantId };
	});
}
