import { newId } from "@/lib/db/ids";
import { sealed } from "@/lib/db/secrets";
import type { Transaction } from "@/lib/db/transact";
import { nextRun } from "@/lib/flow/schedule/next-run";
import { type FlowJobName, flowJobNames, flowJobs } from "@/lib/jobs/catalogue";

interface Settings {
	connectorKey: string;
	settings: Record<string, unknown>;
	/** Names of the settings that are sealed. */
	secret: readonly string[];
}

export interface NewCredential extends Settings {
	accountId: string;
	name: string;
}

/** Account-level settings of one connector, which its connections share. */
export async function insertCredential(tx: Transaction, given: NewCredential): Promise<string> {
	const id = newId("cre");
	const { values, secrets } = split(given);
	await tx.sql(
		`insert into "Credential" ("id", "accountId", "connectorKey", "name", "values", "sealed") values ($1, $2, $3, $4, $5, $6)`,
		[
			id,
			given.accountId,
			given.connectorKey,
			given.name,
			values,
			secrets && (await sealed(tx, given.accountId, `credential:${id}`, secrets)),
		],
	);
	return id;
}

export interface NewConnection extends Settings {
	accountId: string;
	merchantId: string;
	side: "source" | "destination";
	name: string;
	credentialId?: string;
	options?: object;
	/** Minutes between the runs of a function; one that is left out is automatic where it can be, else off. */
	everyMinutes?: Partial<Record<FlowJobName, number>>;
	now?: Date;
}

/** An active connection with all the functions of its side. Gives the ids of their flows by job name. */
export async function insertConnection(
	tx: Transaction,
	given: NewConnection,
): Promise<{ id: string; flows: Record<string, string> }> {
	const id = newId("con");
	const { values, secrets } = split(given);
	await tx.sql(
		`insert into "Connection" ("id", "accountId", "merchantId", "connectorKey", "side", "name", "credentialId", "values", "sealed", "options", "state")
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'active')`,
		[
			id,
			given.accountId,
			given.merchantId,
			given.connectorKey,
			given.side,
			given.name,
			given.credentialId ?? null,
			values,
			secrets && (await sealed(tx, given.accountId, `connection:${id}`, secrets)),
			given.options ?? {},
		],
	);
	const flows: Record<string, string> = {};
	for (const job of flowJobNames.filter((name) => flowJobs[name].side === given.side))
		flows[job] = await insertFlow(tx, given, id, job);
	return { id, flows };
}

async function insertFlow(tx: Transaction, given: NewConnection, connectionId: string, job: FlowJobName) {
	const id = newId("flo");
	const everyMinutes = given.everyMinutes?.[job] ?? null;
	const mode = everyMinutes ? "every" : flowJobs[job].automatic ? "automatic" : "off";
	const nextRunAt = nextRun({ id, mode, everyMinutes, dailyAt: null, timeZone: "UTC" }, given.now ?? new Date());
	await tx.sql(
		`insert into "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode", "everyMinutes", "nextRunAt", "timeZone")
		 select $1, $2, $3, $4, $5, $6, $7, $8, "timeZone" from "Account" where "id" = $2`,
		[id, given.accountId, given.merchantId, connectionId, job, mode, everyMinutes, nextRunAt],
	);
	return id;
}

function split({ settings, secret }: Settings) {
	const entries = Object.entries(settings);
	const values = Object.fromEntries(entries.filter(([name]) => !secret.includes(name)));
	const hidden = entries.filter(([name]) => secret.includes(name)).map(([name, value]) => [name, String(value)]);
	return { values, secrets: hidden.length > 0 ? Object.fromEntries(hidden) : null };
}
