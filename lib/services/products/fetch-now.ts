import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { enqueueFlows } from "../flows/enqueue-flows";

/** Reads the products of all warehouses of a merchant. Says in how many that began. */
export function fetchProductsNow(scope: Scope, merchantId: string): Promise<{ started: number }> {
	return transact(scope, async (tx) => {
		const [merchant] = await tx.sql(
			`select 1 from "Merchant" where "accountId" = $1 and "id" = $2 and ($3::text is null or "id" = $3) and "archivedAt" is null`,
			[scope.accountId, merchantId, scope.merchantId ?? null],
		);
		if (!merchant) throw new AppError("not-found", { thing: "merchant" });
		const started = await enqueueFlows(tx, scope, merchantId, "products/fetch");
		if (started > 0)
			await audit(tx, scope, {
				action: "flow.run",
				subjectType: "merchant",
				subjectId: merchantId,
				merchantId,
				after: { job: "products/fetch" },
			});
		return { started };
	});
}
