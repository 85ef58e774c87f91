import { mayChangeSide } from "@/lib/auth/roles";
import type { Connector } from "@/lib/connectors/kit/types";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type Checked, checkSystem } from "./ask-system";
import { nameTaken } from "./free-name";
import { insertFlow } from "./insert-connection";
import { newFlows } from "./new-flows";
import { checkOptions, type Side } from "./option-fields";
import { type Gathered, gatherSettings, mustBeUsable, seal, type Values } from "./settings";

export interface NewConnection {
	merchantId: string;
	connectorKey: string;
	side: Side;
	name: string;
	credentialId?: string | null | undefined;
	values: Values;
	options: Values;
}

/**
 * Connects a system. Settings that cannot be used are refused with a sentence per field; settings that the other
 * system does not accept are kept, so that nothing typed is lost, and the connection waits to be set right.
 */
export async function createConnection(scope: Scope, given: NewConnection): Promise<{ id: string; checked: Checked }> {
	if (!mayChangeSide(scope, given.side)) throw new AppError("forbidden");
	const gathered = await gatherSettings(scope, given);
	if (!gathered.connector[given.side])
		throw new AppError("bad-input", { field: "side", problem: `${gathered.connector.name} cannot be used there.` });
	mustBeUsable(gathered);
	const options = checkOptions(given.side, given.options, gathered.connector);
	const checked = await checkSystem(gathered.connector, gathered.settings);
	const id = newId("con");
	await transact(scope, (tx) => store(tx, scope, id, { given, gathered, options, checked }));
	return { id, checked };
}

interface Parts {
	given: NewConnection;
	gathered: Gathered;
	options: Values;
	checked: Checked;
}

async function store(
	tx: Transaction,
	scope: Scope,
	id: string,
	{ given, gathered, options, checked }: Parts,
): Promise<void> {
	const { accountId } = scope;
	const inserted = await tx.sql(
		`insert into "Connection" ("id", "accountId", "merchantId", "connectorKey", "side", "name", "credentialId", "values", "sealed",
		   "options", "state", "stateReason", "checkedAt", "checkedAs", "linkId")
		 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, now(), $13, $14)
		 on conflict ("accountId", "merchantId", "name") do nothing returning "id"`,
		[
			id,
			accountId,
			given.merchantId,
			given.connectorKey,
			given.side,
			given.name,
			gathered.credentialId,
			gathered.values,
			await seal(tx, scope, `connection:${id}`, gathered.secrets),
			options,
			checked.ok ? "active" : "not_set_up",
			checked.ok ? "" : checked.fix,
			checked.ok ? checked.as : "",
			scope.linkId ?? null,
		],
	);
	if (inserted.length === 0) throw nameTaken();
	await storeFlows(tx, scope, id, { given, connector: gathered.connector, options, settings: gathered.settings });
	await audit(tx, scope, {
		action: "connection.created",
		subjectType: "connection",
		subjectId: id,
		merchantId: given.merchantId,
		after: { name: given.name, connector: given.connectorKey, side: given.side, values: gathered.values, options },
	});
}

/** The functions of a new connection, on the schedules they begin with. */
export async function storeFlows(
	tx: Transaction,
	scope: Scope,
	id: string,
	{
		given,
		connector,
		options,
		settings = {},
	}: { given: Pick<NewConnection, "merchantId" | "side">; connector: Connector; options: Values; settings?: Values },
): Promise<void> {
	const now = new Date();
	const readFrom = options.earliestOrderDate instanceof Date ? options.earliestOrderDate : now;
	const { accountId } = scope;
	for (const flow of newFlows(connector, given.side, settings))
		await insertFlow(tx, { ...flow, accountId, merchantId: given.merchantId, connectionId: id, readFrom, now });
}
