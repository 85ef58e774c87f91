/** Puts a connection's settings together from what is given now, what is stored, and what its account shares. */
import { mayChangeSide } from "@/lib/auth/roles";
import { connectorByKey } from "@/lib/connectors";
import { checkSettings, formOf, splitSettings } from "@/lib/connectors/kit/form";
import type { Connector } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { openSealed, sealed } from "@/lib/db/secrets";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { firstOf, type Side } from "./option-fields";

export type Values = Record<string, unknown>;

export interface Given {
	merchantId: string;
	connectorKey: string;
	connectionId?: string | undefined;
	credentialId?: string | null | undefined;
	values: Values;
}

export interface Gathered {
	connector: Connector;
	credentialId: string | null;
	/** What the connection itself keeps. */
	values: Values;
	secrets: Record<string, string>;
	/** With what the account shares: what the connector is handed. */
	settings: Values;
	/** By field: a sentence each. Empty when the settings can be used. */
	problems: Record<string, string>;
}

/** Throws `bad-input` for an unknown connector or credential; says in `problems` what is wrong with the values. */
export async function gatherSettings(scope: Scope, given: Given): Promise<Gathered> {
	const connector = knownConnector(given.connectorKey);
	return transact(scope, async (tx) => {
		await mustHaveMerchant(tx, scope, given.merchantId);
		const stored = given.connectionId ? await readStored(tx, scope, given) : nothing;
		const credentialId = given.credentialId === undefined ? stored.credentialId : given.credentialId;
		if (scope.merchantId && credentialId && credentialId !== stored.credentialId) throw new AppError("forbidden");
		const shared = credentialId ? await readShared(tx, scope, connector, credentialId) : {};
		const kept = split(connector, { ...stored.values, ...stored.secrets }, credentialId !== null);
		const asked = split(connector, given.values, credentialId !== null);
		const moved = movedAddress(connector, kept.plain, asked.plain);
		const values = withoutEmpty({ ...kept.plain, ...asked.plain });
		const secrets = moved ? asked.secret : { ...kept.secret, ...asked.secret };
		const settings = { ...shared, ...values, ...secrets };
		const check = checkSettings(connector, withoutEmpty(settings));
		const problems = check.ok ? {} : check.problems;
		if (moved) Object.assign(problems, typeAgain(connector, kept.secret, asked.secret));
		for (const name of Object.keys(given.values))
			if (!formOf(connector).some((field) => field.name === name))
				problems[name] = `"${name}" is not a setting. Leave it out.`;
		return { connector, credentialId, values, secrets, settings, problems };
	});
}

/** True when an address that has stored secrets behind it is to become another. */
function movedAddress(connector: Connector, kept: Values, asked: Values): boolean {
	return formOf(connector).some((field) => {
		const effective = (values: Values) => values[field.name] || field.default;
		return field.kind === "url" && field.name in asked && effective(asked) !== effective(kept);
	});
}

/** Secrets are only told to the address they were typed for: whoever may change it could read them otherwise. */
function typeAgain(connector: Connector, kept: Values, asked: Values): Record<string, string> {
	const missing = formOf(connector).filter(({ name }) => name in kept && !(name in asked));
	return Object.fromEntries(
		missing.map(({ name, label }) => [name, `${label}: enter it again, because the address is another one.`]),
	);
}

/** Throws `not-found` for one that is not there, or not for this person. */
export async function mustHaveMerchant(tx: Transaction, scope: Scope, merchantId: string): Promise<void> {
	const found = await tx.sql(
		`select 1 from "Merchant" where "accountId" = $1 and "id" = $2 and ($3::text is null or "id" = $3) and "archivedAt" is null`,
		[scope.accountId, merchantId, scope.merchantId ?? null],
	);
	if (found.length === 0) throw new AppError("not-found", { thing: "merchant" });
}

export function knownConnector(key: string): Connector {
	const connector = connectorByKey(key);
	if (!connector) throw new AppError("bad-input", { field: "connectorKey", problem: `there is no system "${key}".` });
	return connector;
}

/** Throws `bad-input` with every problem when there is one. */
export function mustBeUsable({ problems }: Gathered): void {
	if (Object.keys(problems).length > 0) throw new AppError("bad-input", firstOf(problems), { fields: problems });
}

/** Secrets as they are kept; null when there are none. */
export function seal(
	tx: Transaction,
	scope: Scope,
	binding: string,
	secrets: Record<string, string>,
): Promise<Buffer | null> {
	return Object.keys(secrets).length > 0 ? sealed(tx, scope.accountId, binding, secrets) : Promise.resolve(null);
}

interface Stored {
	credentialId: string | null;
	values: Values;
	secrets: Record<string, string>;
}
interface StoredRow {
	credentialId: string | null;
	side: Side;
	values: Values;
	sealed: Buffer | null;
	linkId: string | null;
}
const nothing: Stored = { credentialId: null, values: {}, secrets: {} };

async function readStored(tx: Transaction, scope: Scope, given: Given): Promise<Stored> {
	const [row] = await tx.sql<StoredRow>(
		`select "credentialId", "side", "values", "sealed", "linkId" from "Connection"
		 where "accountId" = $1 and "id" = $2 and "connectorKey" = $3 and "merchantId" = $4 and "archivedAt" is null`,
		[scope.accountId, given.connectionId, given.connectorKey, given.merchantId],
	);
	if (!row) throw new AppError("not-found", { thing: "connection" });
	if (!mayChangeSide(scope, row.side, row.linkId)) throw new AppError("forbidden");
	const secrets = await openSealed(tx, scope.accountId, `connection:${given.connectionId}`, row.sealed);
	return { credentialId: row.credentialId, values: row.values, secrets };
}

async function readShared(tx: Transaction, scope: Scope, connector: Connector, id: string): Promise<Values> {
	const [row] = await tx.sql<{ values: Values; sealed: Buffer | null }>(
		`select "values", "sealed" from "Credential" where "accountId" = $1 and "id" = $2 and "connectorKey" = $3`,
		[scope.accountId, id, connector.key],
	);
	if (!row)
		throw new AppError("bad-input", { field: "credentialId", problem: "choose shared settings of this system." });
	return { ...row.values, ...(await openSealed(tx, scope.accountId, `credential:${id}`, row.sealed)) };
}

/** Sorts what was given by how it is kept. What the account shares is not kept a second time. */
function split(
	connector: Connector,
	given: Values,
	shared: boolean,
): { plain: Values; secret: Record<string, string> } {
	const byLevel = splitSettings(connector, given);
	const plain: Values = {};
	const secret: Record<string, string> = {};
	for (const level of ["account", "merchant", "connection"] as const) {
		if (level === "account" && shared) continue;
		Object.assign(plain, byLevel[level].plain);
		for (const [name, value] of Object.entries(byLevel[level].secret)) if (value !== "") secret[name] = String(value);
	}
	return { plain, secret };
}

/** An empty field is a field not given: its default applies, or it is missing. */
function withoutEmpty(settings: Values): Values {
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== "" && value !== null));
}

/**
 * The same settings with something in the fields whose choices are about to be asked for. Throws `bad-input` when
 * the others do not allow to ask.
 */
export function withStandIns(connector: Connector, settings: Values): Values {
	const filled = { ...settings };
	for (const field of formOf(connector))
		if (field.choicesFrom && (filled[field.name] ?? "") === "") filled[field.name] = "1";
	const check = checkSettings(connector, withoutEmpty(filled));
	if (!check.ok) throw new AppError("bad-input", firstOf(check.problems), { fields: check.problems });
	return filled;
}
