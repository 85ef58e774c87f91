import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { flowsOf } from "./plan";

/**
 * Begins a guided test of a cart and a warehouse of one merchant; one of the same pair that is under way ends as it is.
 * Throws `not-found`, or `bad-input` for two that cannot be tested together.
 */
export function startTest(scope: Scope, given: { sourceId: string; destinationId: string }): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const source = await lockEnd(tx, scope, given.sourceId, "source");
		const destination = await lockEnd(tx, scope, given.destinationId, "destination");
		if (source.merchantId !== destination.merchantId)
			throw refused("They belong to different merchants. Choose two of one merchant.");
		const flows = flowsOf(source.connectorKey, destination.connectorKey);
		if (flows.length === 0) throw refused(`${source.name} and ${destination.name} have no function in common.`);
		await tx.sql(
			`update "IntegrationTest" set "state" = 'ended', "endedAt" = now()
			 where "accountId" = $1 and "sourceId" = $2 and "destinationId" = $3 and "endedAt" is null`,
			[scope.accountId, source.id, destination.id],
		);
		const id = newId("tst");
		const { actor } = scope;
		await tx.sql(
			`insert into "IntegrationTest" ("id", "accountId", "merchantId", "sourceId", "destinationId", "state", "flows", "startedAt", "startedByName")
			 values ($1, $2, $3, $4, $5, 'running', $6, $7, $8)`,
			[
				...[id, scope.accountId, source.merchantId, source.id, destination.id, flows, new Date()],
				actor.type === "job" ? "" : (actor.name ?? ""),
			],
		);
		await audit(tx, scope, {
			action: "integration-test.started",
			subjectType: "connection",
			subjectId: source.id,
			merchantId: source.merchantId,
			after: { name: `${source.name} and ${destination.name}`, flows },
		});
		return { id };
	});
}

interface EndRow {
	id: string;
	merchantId: string;
	name: string;
	connectorKey: string;
}

async function lockEnd(tx: Transaction, scope: Scope, id: string, side: string): Promise<EndRow> {
	const [end] = await tx.sql<EndRow>(
		`select "id", "merchantId", "name", "connectorKey" from "Connection"
		 where "accountId" = $1 and "id" = $2 and "side" = $3 and "archivedAt" is null for share`,
		[scope.accountId, id, side],
	);
	if (!end) throw new AppError("not-found", { thing: side === "source" ? "cart" : "warehouse" });
	return end;
}

function refused(problem: string): AppError {
	return new AppError("bad-input", { field: "destinationId", problem }, { fields: { destinationId: problem } });
}
