import { insertAccount, insertMerchant } from "@/lib/db/insert-account";
import { jobScope, type Scope } from "@/lib/db/scope";
import { systemTransaction } from "@/lib/db/system";
import { transact } from "@/lib/db/transact";
import { performRun } from "@/lib/flow/run/perform-run";
import type { FlowJobName, Trigger } from "@/lib/jobs/catalogue";
import { insertConnection } from "@/lib/services/connections/insert-connection";

export interface TestTenant {
	accountId: string;
	merchantId: string;
	scope: Scope & { merchantId: string };
	/** As the merchant sees it. */
	sql: Sql;
	/** As the account's staff see it: what belongs to no merchant too. */
	staffSql: Sql;
}
type Sql = <Row = Record<string, unknown>>(text: string, values?: unknown[]) => Promise<Row[]>;

/** An account with one merchant, made the way a test needs it: directly. */
export async function createTestTenant(name = "Blue Kettle"): Promise<TestTenant> {
	const { accountId, merchantId } = await systemTransaction(async (tx) => {
		const id = await insertAccount(tx, { name: `${name} 3PL`, kind: "fulfillment" });
		return { accountId: id, merchantId: await insertMerchant(tx, id, name) };
	});
	const scope = { ...jobScope(accountId, merchantId, "test"), merchantId };
	const { merchantId: _, ...staff } = scope;
	const as =
		(who: Scope): Sql =>
		(text, values) =>
			transact(who, (tx) => tx.sql(text, values));
	return { accountId, merchantId, scope, sql: as(scope), staffSql: as(staff) };
}

/** Connects a system and gives it all the flows of its side, none of them scheduled. */
export async function createTestConnection(
	tenant: TestTenant,
	given: {
		connectorKey: string;
		side: "source" | "destination";
		settings: Record<string, unknown>;
		secret: string[];
		options?: object;
		name?: string;
	},
): Promise<{ id: string; flows: Record<string, string> }> {
	const { accountId, merchantId } = tenant;
	return transact(tenant.scope, (tx) =>
		insertConnection(tx, { name: given.connectorKey, ...given, accountId, merchantId }),
	);
}

/** Runs one flow to its end in this process, and gives the run back. */
export async function runFlow(
	tenant: TestTenant,
	connection: { flows: Record<string, string> },
	job: FlowJobName,
	more: { now?: () => Date; signal?: AbortSignal; trigger?: Trigger } = {},
) {
	const flowId = connection.flows[job];
	if (!flowId) throw new Error(`the connection has no flow ${job}`);
	const how = await performRun(
		{ accountId: tenant.accountId, merchantId: tenant.merchantId, flowId, trigger: more.trigger ?? "person" },
		{ id: "wrk_test", signal: more.signal ?? new AbortController().signal, ...(more.now && { now: more.now }) },
	);
	const [run] = await tenant.sql<{
		state: string;
		message: string | null;
		counts: Record<string, number>;
		againAt: Date | null;
	}>(`select "state", "message", "counts", "againAt" from "Run" where "flowId" = $1 order by "id" desc limit 1`, [
		flowId,
	]);
	return {
		how,
		state: run?.state ?? "none",
		message: run?.message ?? null,
		counts: run?.counts ?? {},
		againAt: run?.againAt ?? null,
	};
}
