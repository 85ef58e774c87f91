import { mayChangeSide } from "@/lib/auth/roles";
import type { ConnectionState } from "@/lib/canonical/status";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { goOn } from "../flows/go-on";
import type { Side } from "./option-fields";

interface Locked {
	name: string;
	side: Side;
	state: ConnectionState;
	merchantId: string;
}

/** Stops every function of a connection until it is resumed. Orders wait; nothing is lost. */
export function pauseConnection(scope: Scope, connectionId: string): Promise<{ state: ConnectionState }> {
	return change(scope, connectionId, "connection.paused", async (tx, locked) => {
		if (locked.state !== "active") throw new AppError("conflict", { problem: `${locked.name} does not run now.` });
		await setState(tx, scope, connectionId, "paused");
		return { state: "paused" };
	});
}

export function resumeConnection(scope: Scope, connectionId: string): Promise<{ state: ConnectionState }> {
	return change(scope, connectionId, "connection.resumed", async (tx, locked) => {
		if (locked.state !== "paused") throw new AppError("conflict", { problem: `${locked.name} is not paused.` });
		await setState(tx, scope, connectionId, "active");
		await goOn(tx, scope, connectionId);
		return { state: "active" };
	});
}

/**
 * Takes a connection away. Its orders, shipments and history stay; its name becomes free. What a warehouse that is
 * gone last said about stock counts for nothing, or the carts would sell it for ever.
 */
export function archiveConnection(scope: Scope, connectionId: string): Promise<{ id: string }> {
	return change(scope, connectionId, "connection.removed", async (tx, locked) => {
		await tx.sql(
			`update "Connection" set "archivedAt" = now(), "state" = 'paused', "name" = $3, "sealed" = null, "updatedAt" = now()
			 where "accountId" = $1 and "id" = $2`,
			[scope.accountId, connectionId, `${locked.name} (removed ${connectionId.slice(-6)})`],
		);
		await tx.sql(
			`update "Flow" set "nextRunAt" = null, "mode" = 'off' where "accountId" = $1 and "connectionId" = $2`,
			[scope.accountId, connectionId],
		);
		await tx.sql(`delete from "ConnectionToken" where "accountId" = $1 and "id" = $2`, [scope.accountId, connectionId]);
		await tx.sql(
			`update "InventoryLevel" set "available" = 0, "onHand" = 0, "locked" = 0, "incoming" = 0, "takenAt" = now()
			 where "accountId" = $1 and "connectionId" = $2`,
			[scope.accountId, connectionId],
		);
		await tx.sql(
			`update "Alert" set "resolvedAt" = now() where "accountId" = $1 and "connectionId" = $2 and "resolvedAt" is null`,
			[scope.accountId, connectionId],
		);
		return { id: connectionId };
	});
}

function setState(tx: Transaction, scope: Scope, id: string, state: ConnectionState): Promise<unknown> {
	return tx.sql(
		`update "Connection" set "state" = $3, "stateReason" = '', "updatedAt" = now() where "accountId" = $1 and "id" = $2`,
		[scope.accountId, id, state],
	);
}

function change<T>(
	scope: Scope,
	connectionId: string,
	action: string,
	work: (tx: Transaction, locked: Locked) => Promise<T>,
): Promise<T> {
	return transact(scope, async (tx) => {
		const [locked] = await tx.sql<Locked>(
			`select "name", "side", "state", "merchantId" from "Connection"
			 where "accountId" = $1 and "id" = $2 and "archivedAt" is null for update`,
			[scope.accountId, connectionId],
		);
		if (!locked) throw new AppError("not-found", { thing: "connection" });
		if (!mayChangeSide(scope, locked.side)) throw new AppError("forbidden");
		const result = await work(tx, locked);
		await audit(tx, scope, {
			action,
			subjectType: "connection",
			subjectId: connectionId,
			merchantId: locked.merchantId,
			before: { state: locked.state, name: locked.name },
		});
		return result;
	});
}
