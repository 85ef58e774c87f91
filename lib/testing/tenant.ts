import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import { jobScope, type Scope } from "@/lib/db/scope";
import { createAccountKey, sealed } from "@/lib/db/secrets";
import { transact } from "@/lib/db/transact";
import { performRun } from "@/lib/flow/run/perform-run";
import { type FlowJobName, flowJobNames, flowJobs, type Trigger } from "@/lib/jobs/catalogue";

export interface TestTenant {
	accountId: string;
	merchantId: string;
	scope: Scope & { merchantId: string };
	sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** An account with one merchant, made the way a test needs it: directly. */
export async function createTestTenant(name = "Blue Kettle"): Promise<TestTenant> {
	const accountId = newId("acc");
	const merchantId = newId("mer");
	const key = createAccountKey(accountId);
	await systemPool().query(
		`insert into "Account" ("id", "name", "kind", "sealedKey", "keyId") values ($1, $2, 'fulfillment', $3, $4)`,
		[accountId, `${name} 3PL`, key.sealedKey, key.keyId],
	);
	await systemPool().query(`insert into "Merchant" ("id", "accountId", "name") values ($1, $2, $3)`, [
		merchantId,
		accountId,
		name,
	]);
	const scope = { ...jobScope(accountId, merchantId, "test"), merchantId };
	return { accountId, merchantId, scope, sql: (text, values) => transact(scope, (tx) => tx.sql(text, values)) };
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
	const id = newId("con");
	const { accountId, merchantId } = tenant;
	const values = Object.fromEntries(Object.entries(given.settings).filter(([name]) => !given.secret.includes(name)));
	const secrets = Object.fromEntries(given.secret.map((name) => [name, String(given.settings[name])]));
	const flows: Record<string, string> = {};
	await transact(tenant.scope, async (tx) => {
		await tx.sql(
			`insert into "Connection" ("id", "accountId", "merchantId", "connectorKey", "side", "name", "values", "sealed", "options", "state")
			 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'active')`,
			[
				id,
				accountId,
				merchantId,
				given.connectorKey,
				given.side,
				given.name ?? given.connectorKey,
				values,
				await sealed(tx, accountId, `connection:${id}`, secrets),
				given.options ?? {},
			],
		);
		for (const job of flowJobNames.filter((name) => flowJobs[name].side === given.side)) {
			flows[job] = newId("flo");
			await tx.sql(
				`insert into "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode") values ($1, $2, $3, $4, $5, $6)`,
				[flows[job], accountId, merchantId, id, job, flowJobs[job].automatic ? "automatic" : "off"],
			);
		}
	});
	return { id, flows };
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
