import pg from "pg";

/** The keys of the jobs that wait in a test's queue, which only the database's owner may read. */
export async function waitingJobs(databaseUrl: string): Promise<string[]> {
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	const { rows } = await client
		.query<{ key: string }>(`select "key" from graphile_worker.jobs where "key" is not null order by "key"`)
		.finally(() => client.end());
	return rows.map((row) => row.key);
}
