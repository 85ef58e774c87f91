import type { z } from "zod";
import type { connectionDetail } from "@/lib/api/contract/connections";
import { connectorByKey } from "@/lib/connectors";
import type { Scope } from "@/lib/db/scope";
import { openSealed } from "@/lib/db/secrets";
import { transact } from "@/lib/db/transact";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { readFlows } from "../flows/read-flows";
import { type ConnectionRow, connectionSummaryOf, readConnections, readRecentRuns, stateOf } from "./connection-rows";
import { connectorCardOf } from "./list-connectors";
import { knownConnector, type Values } from "./settings";

export type ConnectionDetail = z.input<typeof connectionDetail>;

/** How many runs the health strip of a connection's page shows. */
const stripLength = 50;

interface More {
	checkedAt: Date | null;
	checkedAs: string;
	createdAt: Date;
	credentialId: string | null;
	credentialName: string | null;
	values: Values;
	sealed: Buffer | null;
	options: Values;
	lastEventAt: Date | null;
}

/** One connection with everything its page shows; of secrets only the names. Throws `not-found`. */
export async function readConnection(scope: Scope, connectionId: string): Promise<ConnectionDetail> {
	const now = new Date();
	const found = await transact(scope, async (tx) => {
		const [row] = await readConnections(tx, scope, { id: connectionId });
		if (!row) throw new AppError("not-found", { thing: "connection" });
		const [more] = await tx.sql<More>(
			`select c."checkedAt", c."checkedAs", c."createdAt", c."credentialId", k."name" as "credentialName", c."values", c."sealed", c."options",
			   (select max(h."receivedAt") from "HookEvent" h where h."accountId" = c."accountId" and h."connectionId" = c."id") as "lastEventAt"
			 from "Connection" c left join "Credential" k on k."accountId" = c."accountId" and k."id" = c."credentialId"
			 where c."accountId" = $1 and c."id" = $2`,
			[scope.accountId, connectionId],
		);
		if (!more) throw new AppError("not-found", { thing: "connection" });
		const secrets = await openSealed(tx, scope.accountId, `connection:${connectionId}`, more.sealed);
		const recent = await readRecentRuns(tx, scope, [connectionId], stripLength);
		const siblings = await readConnections(tx, scope, { merchantId: row.merchantId });
		const flows = await readFlows(tx, scope, { connectionId });
		return { row, more, secretsSet: Object.keys(secrets), recent: recent.get(connectionId) ?? [], siblings, flows };
	});
	const { row, more } = found;
	const connector = knownConnector(row.connectorKey);
	return {
		...connectionSummaryOf(row, found.recent, now),
		checkedAt: more.checkedAt,
		checkedAs: more.checkedAs,
		createdAt: more.createdAt,
		credential: more.credentialId ? { id: more.credentialId, name: more.credentialName ?? "" } : null,
		values: more.values,
		secretsSet: found.secretsSet,
		options: more.options,
		card: await connectorCardOf(connector),
		flows: found.flows,
		events: connector.hooks
			? { url: `${env().APP_URL}/api/hooks/${connectionId}`, lastReceivedAt: more.lastEventAt }
			: null,
		partners: found.siblings.filter(({ side }) => side !== row.side).map((partner) => partnerOf(partner, now)),
	};
}

function partnerOf(row: ConnectionRow, now: Date): ConnectionDetail["partners"][number] {
	const connector = connectorByKey(row.connectorKey)?.name ?? row.connectorKey;
	return { id: row.id, name: row.name, connector, side: row.side, state: stateOf(row, now) };
}
