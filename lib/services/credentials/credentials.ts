/** Settings of the account level: typed once, shared by the connections of all merchants. Secrets go in, never out. */
import { connectorByKey } from "@/lib/connectors";
import { checkSettings, formOf, splitSettings } from "@/lib/connectors/kit/form";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { openSealed } from "@/lib/db/secrets";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { firstOf } from "../connections/option-fields";
import { knownConnector, seal, type Values } from "../connections/settings";
import { reconnected } from "../flows/go-on";

interface Row {
	id: string;
	name: string;
	connectorKey: string;
	values: Values;
	sealed: Buffer | null;
	connections: number;
	updatedAt: Date;
}

export function listCredentials(scope: Scope) {
	return transact(scope, async (tx) => {
		const rows = await tx.sql<Row>(
			`select k."id", k."name", k."connectorKey", k."values", k."sealed", k."updatedAt",
			   (select count(*)::int from "Connection" c where c."accountId" = k."accountId" and c."credentialId" = k."id" and c."archivedAt" is null) as "connections"
			 from "Credential" k where k."accountId" = $1 order by k."name"`,
			[scope.accountId],
		);
		return Promise.all(
			rows.map(async ({ sealed, connectorKey, ...row }) => ({
				...row,
				connector: { key: connectorKey, name: connectorByKey(connectorKey)?.name ?? connectorKey },
				secretsSet: Object.keys(await openSealed(tx, scope.accountId, `credential:${row.id}`, sealed)),
			})),
		);
	});
}

export function createCredential(
	scope: Scope,
	given: { connectorKey: string; name: string; values: Values },
): Promise<{ id: string }> {
	const id = newId("cre");
	const { plain, secret } = usable(given.connectorKey, given.values);
	return transact(scope, async (tx) => {
		const inserted = await tx.sql(
			`insert into "Credential" ("id", "accountId", "connectorKey", "name", "values", "sealed") values ($1, $2, $3, $4, $5, $6)
			 on conflict ("accountId", "connectorKey", "name") do nothing returning "id"`,
			[id, scope.accountId, given.connectorKey, given.name, plain, await seal(tx, scope, `credential:${id}`, secret)],
		);
		if (inserted.length === 0) throw nameTaken();
		await note(tx, scope, "credential.added", id, { name: given.name, connector: given.connectorKey, values: plain });
		return { id };
	});
}

/**
 * Secrets left out stay. The token made from the earlier ones is dropped, and connections that waited for other
 * access details try with these: the next refusal stops them again.
 */
export function updateCredential(
	scope: Scope,
	credentialId: string,
	change: { name?: string | undefined; values: Values },
): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const [row] = await tx.sql<Row>(
			`select "id", "name", "connectorKey", "values", "sealed" from "Credential" where "accountId" = $1 and "id" = $2 for update`,
			[scope.accountId, credentialId],
		);
		if (!row) throw new AppError("not-found", { thing: "shared settings" });
		const name = change.name ?? row.name;
		const same = await tx.sql(
			`select 1 from "Credential" where "accountId" = $1 and "connectorKey" = $2 and "name" = $3 and "id" <> $4`,
			[scope.accountId, row.connectorKey, name, credentialId],
		);
		if (same.length > 0) throw nameTaken();
		const kept = await openSealed(tx, scope.accountId, `credential:${credentialId}`, row.sealed);
		const { plain, secret } = usable(row.connectorKey, { ...row.values, ...kept, ...change.values });
		await tx.sql(
			`update "Credential" set "name" = $3, "values" = $4, "sealed" = $5, "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
			[scope.accountId, credentialId, name, plain, await seal(tx, scope, `credential:${credentialId}`, secret)],
		);
		await tx.sql(`delete from "ConnectionToken" where "accountId" = $1 and "id" = $2`, [scope.accountId, credentialId]);
		await note(tx, scope, "credential.changed", credentialId, { name, values: plain });
		const waiting = await tx.sql<{ id: string }>(
			`update "Connection" set "state" = 'active', "stateReason" = '', "updatedAt" = now()
			 where "accountId" = $1 and "credentialId" = $2 and "state" = 'needs_reconnect' and "archivedAt" is null returning "id"`,
			[scope.accountId, credentialId],
		);
		for (const { id } of waiting.sort((a, b) => a.id.localeCompare(b.id))) await reconnected(tx, scope, id);
		return { id: credentialId };
	});
}

/** Checks the account-level fields; others are refused, because they belong to a merchant or a connection. */
function usable(connectorKey: string, values: Values): { plain: Values; secret: Record<string, string> } {
	const connector = knownConnector(connectorKey);
	const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "" && value !== null));
	const check = checkSettings(connector, given, ["account"]);
	const problems = check.ok ? {} : check.problems;
	for (const { name, label, level } of formOf(connector))
		if (level !== "account" && name in given) problems[name] = `${label} belongs to a connection. Leave it out here.`;
	if (Object.keys(problems).length > 0) throw new AppError("bad-input", firstOf(problems), { fields: problems });
	const { account } = splitSettings(connector, given);
	const secret = Object.fromEntries(Object.entries(account.secret).map(([name, value]) => [name, String(value)]));
	return { plain: account.plain, secret };
}

function nameTaken(): AppError {
	const problem = "Other shared settings have this name. Choose another.";
	return new AppError("bad-input", { field: "Name", problem }, { fields: { name: problem } });
}

function note(tx: Transaction, scope: Scope, action: string, id: string, after: Values): Promise<void> {
	return audit(tx, scope, { action, subjectType: "credential", subjectId: id, after });
}
