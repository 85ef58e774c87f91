import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { Conditions, cutPage, type Page, type PageInput } from "../page";
import { mustExist } from "./list-run-records";

export interface ExchangeSummary {
	id: string;
	at: Date;
	method: string;
	url: string;
	status: number | null;
	durationMs: number;
	error: string | null;
}

/** The requests a run made, in order. Throws `not-found` when there is no such run. */
export async function listRunExchanges(
	scope: Scope,
	runId: string,
	filters: PageInput,
): Promise<Page<ExchangeSummary>> {
	const conditions = new Conditions();
	conditions.add(`"accountId" = ?`, scope.accountId);
	conditions.add(`"runId" = ?`, runId);
	conditions.add(`"id" > ?`, filters.after);
	const rows = await transact(scope, async (tx) => {
		await mustExist(tx, scope, runId);
		return tx.sql<ExchangeSummary>(
			`select "id", "at", "method", "url", "status", "durationMs", "error" from "Exchange"
			 where ${conditions.where} order by "id" limit ${filters.limit + 1}`,
			conditions.values,
		);
	});
	return cutPage(rows, filters.limit, { key: (row) => row.id, item: (row) => row });
}
