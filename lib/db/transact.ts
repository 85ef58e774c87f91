/**
 * One transaction within one tenant. The scope is set inside it (`set_config(…, true)`), so a pooled
 * connection never carries it on. Never call the outside from within: a slow partner would hold locks.
 * Retried whole when the database asks for it (serialization, deadlock) or its connection broke before commit.
 */
import type { PoolClient } from "pg";
import { appPool } from "./pools";
import type { Scope } from "./scope";

/** What work inside a transaction is handed. Both the bulk paths and Prisma's transactions provide it. */
export interface Transaction {
	sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

export function transact<T>(scope: Scope, work: (tx: Transaction) => Promise<T>): Promise<T> {
	return retried((state) => once(scope, work, state));
}

/** Set by an attempt once it has begun to commit: from then on nobody knows whether the work was kept. */
export interface AttemptState {
	committing: boolean;
}

/** Runs an attempt, and again when the database asks for it; never after it began to commit. */
export async function retried<T>(attempt: (state: AttemptState) => Promise<T>): Promise<T> {
	for (let count = 1; ; count++) {
		const state = { committing: false };
		try {
			return await attempt(state);
		} catch (error) {
			if (!isRetryable(error)) throw error;
			if (state.committing) throw new Error("the database went away during a commit", { cause: error });
			if (count >= 4) throw error;
			await new Promise((resolve) => setTimeout(resolve, 50 * 2 ** count * (0.5 + Math.random())));
		}
	}
}

/** True for failures after which nothing was kept and the same work may succeed. */
export function isRetryable(error: unknown): boolean {
	const code = error instanceof Error && "code" in error ? String(error.code) : "";
	return retryableCodes.has(code);
}

/** Serialization failure, deadlock, lost connections, a server that stops or starts. */
const retryableCodes = new Set([
	"40001",
	"40P01",
	"57P01",
	"57P02",
	"57P03",
	"08006",
	"08003",
	"ECONNRESET",
	"ECONNREFUSED",
]);

async function once<T>(scope: Scope, work: (tx: Transaction) => Promise<T>, state: AttemptState): Promise<T> {
	const client = await appPool().connect();
	try {
		await client.query("begin");
		await setScope(client, scope);
		const result = await work({ sql: async (text, values) => (await client.query(text, values)).rows });
		state.committing = true;
		await client.query("commit");
		client.release();
		return result;
	} catch (error) {
		await client.query("rollback").then(
			() => client.release(),
			(broken) => client.release(broken),
		);
		throw error;
	}
}

/** As the database writes an array; ids hold nothing that needs quoting. Nothing when there is no list. */
function arrayOf(ids: readonly string[] | undefined): string {
	return ids ? `{${ids.join(",")}}` : "";
}

/** Sets the tenant for the transaction that this connection is in, and for nothing after it. */
export async function setScope(client: PoolClient, scope: Scope): Promise<void> {
	await client.query({
		name: "set-scope",
		text: "select set_config('crossdock.account', $1, true), set_config('crossdock.merchant', $2, true), set_config('crossdock.chosen', $3, true)",
		values: [scope.accountId, scope.merchantId ?? "", arrayOf(scope.chosenMerchantIds)],
	});
}

/**
 * Does a part of a merchant's transaction as the account's staff would: what belongs to no merchant is theirs together.
 * Afterwards the transaction is the merchant's again; when the work throws, it is over.
 */
export async function forWholeAccount(
	tx: Transaction,
	{ merchantId }: { merchantId: string },
	work: () => Promise<void>,
): Promise<void> {
	await tx.sql("select set_config('crossdock.merchant', '', true)");
	await work();
	await tx.sql("select set_config('crossdock.merchant', $1, true)", [merchantId]);
}
