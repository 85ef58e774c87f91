import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { goOn } from "../flows/go-on";

/**
 * Test now: the next run asks a system that does not answer at once, instead of when its time has come. If it is back,
 * all that waits goes on. Where nothing is out, the functions simply run. Throws `not-found` and `conflict`.
 */
export function probeNow(scope: Scope, connectionId: string): Promise<{ queuedAt: Date }> {
	return transact(scope, async (tx) => {
		const [row] = await tx.sql<{ name: string; state: string; merchantId: string }>(
			`update "Connection" set "probeAt" = case when "outageSince" is not null then now() end
			 where "accountId" = $1 and "id" = $2 and "archivedAt" is null returning "name", "state", "merchantId"`,
			[scope.accountId, connectionId],
		);
		if (!row) throw new AppError("not-found", { thing: "connection" });
		if (row.state !== "active") throw new AppError("conflict", { problem: `${row.name} does not run now.` });
		await goOn(tx, scope, connectionId);
		await audit(tx, scope, {
			action: "connection.probed",
			subjectType: "connection",
			subjectId: connectionId,
			merchantId: row.merchantId,
		});
		return { queuedAt: new Date() };
	});
}
