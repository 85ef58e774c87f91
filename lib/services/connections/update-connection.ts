import { mayChangeSide } from "@/lib/auth/roles";
import { destinationOptions } from "@/lib/canonical/connection-options";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { wakeBackorders } from "@/lib/flow/deliver/wake-backorders";
import { raiseAlerts } from "@/lib/flow/run/alerts";
import { reconnected } from "../flows/go-on";
import { releaseShipMethods } from "../mappings/release-ship-methods";
import { startDelivery } from "../orders/wake-behind";
import { type Checked, checkSystem } from "./ask-system";
import { mustBeFreeName } from "./free-name";
import { checkOptions, type Side } from "./option-fields";
import { type Gathered, gatherSettings, mustBeUsable, seal, type Values } from "./settings";

export interface ConnectionChange {
	name?: string | undefined;
	credentialId?: string | null | undefined;
	values: Values;
	options: Values;
}

interface Before {
	merchantId: string;
	connectorKey: string;
	side: Side;
	name: string;
	state: string;
	values: Values;
	options: Values;
	linkId: string | null;
}

/**
 * Changes a connection's settings; secrets left out stay. Settings that work again set a connection free that waited
 * for them: its alert closes, and what waited goes on at once.
 */
export async function updateConnection(
	scope: Scope,
	connectionId: string,
	change: ConnectionChange,
): Promise<{ checked: Checked }> {
	const prepared = await prepareChange(scope, connectionId, change);
	await transact(scope, (tx) => storeChange(tx, scope, connectionId, prepared));
	return { checked: prepared.checked };
}

/** Puts the new settings together and asks the other system about them; nothing is stored yet. */
export async function prepareChange(
	scope: Scope,
	connectionId: string,
	change: ConnectionChange,
): Promise<PreparedChange> {
	const before = await transact(scope, (tx) => readBefore(tx, scope, connectionId));
	if (!mayChangeSide(scope, before.side, before.linkId)) throw new AppError("forbidden");
	const { merchantId, connectorKey } = before;
	const gathered = await gatherSettings(scope, { ...change, connectionId, merchantId, connectorKey });
	mustBeUsable(gathered);
	const options = checkOptions(before.side, { ...storable(before.options), ...change.options }, gathered.connector);
	const checked = await checkSystem(gathered.connector, gathered.settings);
	return { before, change, gathered, options, checked };
}

async function readBefore(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
	lock: "" | "for update" = "",
): Promise<Before> {
	const [row] = await tx.sql<Before>(
		`select "merchantId", "connectorKey", "side", "name", "state", "values", "options", "linkId" from "Connection"
		 where "accountId" = $1 and "id" = $2 and "archivedAt" is null ${lock}`,
		[scope.accountId, connectionId],
	);
	if (!row) throw new AppError("not-found", { thing: "connection" });
	return row;
}

/** Options as a form would give them again. */
function storable(options: Values): Values {
	return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
}

export interface PreparedChange {
	before: Before;
	change: ConnectionChange;
	gathered: Gathered;
	options: Values;
	checked: Checked;
}

export async function storeChange(
	tx: Transaction,
	scope: Scope,
	id: string,
	{ change, gathered, options, checked }: PreparedChange,
): Promise<void> {
	const { accountId } = scope;
	// The check took seconds: meanwhile somebody may have paused or removed it, or a run may have stopped it.
	const before = await readBefore(tx, scope, id, "for update");
	const state = stateAfter(before.state, checked);
	const name = change.name ?? before.name;
	if (name !== before.name) await mustBeFreeName(tx, scope, before.merchantId, name);
	await tx.sql(
		`update "Connection" set "name" = $3, "credentialId" = $4, "values" = $5, "sealed" = $6, "options" = $7, "state" = $8,
		   "stateReason" = $9, "checkedAt" = now(), "checkedAs" = case when $10::text is null then "checkedAs" else $10 end,
		   "throttledUntil" = null, "failuresInARow" = 0, "outageSince" = null, "probeAt" = null, "probes" = 0, "updatedAt" = now()
		 where "accountId" = $1 and "id" = $2`,
		[
			accountId,
			id,
			name,
			gathered.credentialId,
			gathered.values,
			await seal(tx, scope, `connection:${id}`, gathered.secrets),
			options,
			state,
			checked.ok || state === "active" ? "" : checked.fix,
			checked.ok ? checked.as : null,
		],
	);
	// A token made from the earlier credentials says nothing about these.
	await tx.sql(`delete from "ConnectionToken" where "accountId" = $1 and "id" = $2`, [
		accountId,
		gathered.credentialId ?? id,
	]);
	// Orders that waited for a ship method go on when the cart holds none any more.
	if (before.side === "source") await releaseShipMethods(tx, scope, id);
	else await wakeForSettings(tx, accountId, { id, before, options });
	if (checked.ok && before.state !== "active" && state === "active") await reconnected(tx, scope, id);
	if (state === "needs_reconnect") {
		const facts = { system: gathered.connector.name, connection: name };
		const cause = { cause: `reconnect:${id}`, code: "needs-reconnect" as const, facts, connectionId: id };
		await raiseAlerts(tx, { accountId, merchantId: before.merchantId }, [cause], new Date());
	}
	await audit(tx, scope, {
		action: "connection.updated",
		subjectType: "connection",
		subjectId: id,
		merchantId: before.merchantId,
		before: { name: before.name, values: before.values, options: before.options },
		after: { name, values: gathered.values, options, secrets: Object.keys(change.values) },
	});
}

/** Orders that wait for stock are looked at again by the settings they would be judged by now. */
async function wakeForSettings(
	tx: Transaction,
	accountId: string,
	{ id, before, options }: { id: string; before: Before; options: Values },
): Promise<void> {
	const then = destinationOptions.parse(before.options);
	const now = destinationOptions.parse(options);
	if (!(["backorders", "allowPartial", "skipAhead"] as const).some((name) => then[name] !== now[name])) return;
	const { merchantId } = before;
	if ((await wakeBackorders(tx, { accountId, merchantId }, { connectionId: id })) > 0)
		await startDelivery(tx, accountId, merchantId);
}

/** A pause is a person's decision and stays; otherwise the check decides between working and waiting to be set right. */
function stateAfter(state: string, checked: Checked): string {
	if (state === "paused") return "paused";
	if (checked.ok) return "active";
	// A system that is down says nothing about its settings: the functions try again by themselves.
	if (state === "active" && !checked.reached) return "active";
	return state === "not_set_up" ? "not_set_up" : "needs_reconnect";
}
