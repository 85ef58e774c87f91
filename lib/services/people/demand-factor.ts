import { withFactor } from "@/lib/auth/directory";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { lockSeats } from "./seats";

/**
 * Lets people into the account with a second factor only, or again without. It holds with everybody's next request;
 * keys and share links stay as they are. Throws `own-factor-first` when the asker would shut themselves out.
 */
export async function demandFactor(scope: Scope, userId: string, demanded: boolean): Promise<{ demanded: boolean }> {
	if (demanded && !(await withFactor([userId])).has(userId)) throw new AppError("own-factor-first");
	return transact(scope, async (tx) => {
		await lockSeats(tx, scope, "account:write");
		const changed = await tx.sql(
			`update "Account" set "demandsFactor" = $2 where "id" = $1 and "demandsFactor" <> $2 returning 1`,
			[scope.accountId, demanded],
		);
		if (changed.length > 0)
			await audit(tx, scope, {
				action: demanded ? "second-factor.demanded" : "second-factor.no-longer-demanded",
				subjectType: "account",
				subjectId: scope.accountId,
				before: { secondFactorDemanded: !demanded },
				after: { secondFactorDemanded: demanded },
			});
		return { demanded };
	});
}
