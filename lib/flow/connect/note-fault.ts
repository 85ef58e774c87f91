/** What a connection's own trouble means for it: wait, pause until a person reconnects, or simply try later. */
import type { ConnectorError } from "@/lib/connectors/kit/fault";
import { env } from "@/lib/env";
import type { Ended } from "@/lib/jobs/job";
import { after, minuteMs } from "@/lib/time";
import { raiseAlerts } from "../run/alerts";
import { commit, type FlowWork } from "../work";
import { slowDown } from "./budget";

export async function noteFault(work: FlowWork, error: ConnectorError): Promise<Ended> {
	const { fault } = error;
	switch (fault.kind) {
		case "auth":
			await commit(work, async (tx) => {
				await tx.sql(
					`update "Connection" set "state" = 'needs_reconnect', "stateReason" = $3 where "accountId" = $1 and "id" = $2 and "state" = 'active'`,
					[work.scope.accountId, work.connection.id, error.message],
				);
				const cause = `reconnect:${work.connection.id}`;
				const facts = { system: work.connection.connector.name, connection: work.connection.name };
				await raiseAlerts(
					tx,
					work.scope,
					[{ cause, code: "needs-reconnect", facts, connectionId: work.connection.id }],
					work.now(),
				);
			});
			return { stop: true, because: error.message };
		case "rate-limited":
			await commit(work, async (tx) => {
				await tx.sql(
					`update "Connection" set "throttledUntil" = greatest(coalesce("throttledUntil", $3), $3) where "accountId" = $1 and "id" = $2`,
					[work.scope.accountId, work.connection.id, fault.retryAt],
				);
				await slowDown(tx, work);
			});
			return { again: fault.retryAt, because: error.message };
		case "transient":
			work.counts.failed++;
			return { again: after(work.now(), minuteMs * env().RETRY_SCALE), because: error.message };
		case "permanent":
			work.counts.failed++;
			return { stop: true, because: error.message };
	}
}
