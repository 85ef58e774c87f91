/** Transactions that see every account. Only the system tasks, sign-in and those who make accounts may import this. */
import { systemPool } from "./pools";
import type { Transaction } from "./transact";

export async function systemTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
	const client = await systemPool().connect();
	try {
		await client.query("begin");
		const result = await work({ sql: async (text, values) => (await client.query(text, values)).rows });
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
