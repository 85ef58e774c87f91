import { hash } from "node:crypto";
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
	/** False: an order source in test. Default true. */
	live?: boolean;
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
		`insert into "Connection" ("id", "accountId", "merchantId", "connectorKey", "side", "name", "credentialId", "values", "sealed", "options", "state", "liveAt")
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'active', case when $11 then now() end)`,
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
			given.live ?? true,
		],
	);
	const flows: Record<string, string> = {};
	const { accountId, merchantId, now = new Date() } = given;
	for (const job of flowJobNames.filter((name) => flowJobs[name].side === given.side)) {
		const everyMinutes = given.everyMinutes?.[job] ?? null;
		const mode = everyMinutes ? "every" : flowJobs[job].automatic ? "automatic" : "off";
		flows[job] = await insertFlow(tx, { accountId, merchantId, connectionId: id, job, mode, everyMinutes, now });
	}
	return { id, flows };
}

export interface NewFlow {
	accountId: string;
	merchantId: string;
	connectionId: string;
	job: FlowJobName;
	mode: "automatic" | "every" | "daily" | "off";
	everyMinutes: number | null;
	/** Lower bound of the very first read. */
	readFrom?: Date;
	now: Date;
}

/** One function of a connection, in the time zone of its account. What runs daily runs in the zone's night. */
export async function insertFlow(tx: Transaction, flow: NewFlow): Promise<string> {
	const id = newId("flo");
	const [account] = await tx.sql<{ timeZone: string }>(`select "timeZone" from "Account" where "id" = $1`, [
		flow.accountId,
	]);
	const dailyAt = flow.mode === "daily" ? nightMinute(id) : null;
	const nextRunAt = nextRun({ ...flow, id, dailyAt, timeZone: account?.timeZone ?? "UTC" }, flow.now);
	await tx.sql(
		`insert into "Flow" ("id", "accountId", "merchantId", "connectionId", "job", "mode", "everyMinutes", "nextRunAt", "readFrom", "dailyAt", "timeZone")
		 select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, "timeZone" from "Account" where "id" = $2`,
		[
			id,
			flow.accountId,
			flow.merchantId,
			flow.connectionId,
			flow.job,
			flow.mode,
			flow.everyMinutes,
			nextRunAt,
			flow.readFrom ?? null,
			dailyAt,
		],
	);
	return id;
}

/** Between one and five o'clock, each flow at a minute of its own, so that not all ask at once. */
function nightMinute(id: string): number {
	return 60 + (Number.parseInt(hash("md5", id, "hex").slice(0, 8), 16) % 240);
}

function split({ settings, secret }: Settings) {
	const entries = Object.entries(settings);
	const values = Object.fromEntries(entries.filter(([name]) => !secret.includes(name)));
	const hidden = entries.filter(([name]) => secret.includes(name)).map(([name, value]) => [name, String(value)]);
	return { values, secrets: hidden.length > 0 ? Object.fromEntries(hidden) : null };
}
