/**
 * "Why is this order not here?": looks for it here, asks the source for it, runs on it every rule that a download
 * runs, and names the first that stopped it, with the way to change it or to pull the order.
 */
import type { z } from "zod";
import type { missingOrder } from "@/lib/api/contract/missing-order";
import { filterRefusers } from "@/lib/canonical/filters";
import type { Order } from "@/lib/canonical/order";
import { ConnectorError } from "@/lib/connectors/kit/fault";
import type { Read } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type OpenConnection, openConnection } from "@/lib/flow/connect/open-connection";
import { whyLeftOut } from "@/lib/flow/intake/left-out";

export type MissingOrder = z.input<typeof missingOrder>;

/** How long a person waits for the cart. */
const patienceMs = 20_000;

/** Throws `not-found` for a foreign connection; everything else is an answer. */
export async function explainMissing(scope: Scope, connectionId: string, number: string): Promise<MissingOrder> {
	const known = await lookHere(scope, connectionId, number);
	if (known.orderId)
		return answer("here", `Order ${number} is here.`, { path: `orders/${known.orderId}`, pathLabel: "Open the order" });
	const settings = { path: `connections/${connectionId}?tab=settings`, pathLabel: "Open its settings" };
	if (known.state !== "active")
		return answer("not-connected", `${known.name} does not run now, so nothing is loaded from it.`, {
			path: `connections/${connectionId}`,
			pathLabel: "Open the connection",
		});
	const connection = await openConnection(scope, connectionId, {
		signal: AbortSignal.timeout(patienceMs),
		now: () => new Date(),
	});
	const found = await askSource(connection, number);
	if ("problem" in found) return answer("not-connected", found.problem, settings);
	if (!found.read) return answer("unknown", `${known.name} knows no order ${number}.`, { path: null, pathLabel: "" });
	return judge(scope, connection, found.read, settings);
}

interface Link {
	path: string | null;
	pathLabel: string;
}

function answer(
	verdict: MissingOrder["verdict"],
	sentence: string,
	link: Link,
	sourceId: string | null = null,
): MissingOrder {
	return { verdict, sentence, ...link, sourceId };
}

/** The rules of a download in their order; the first that says no is the reason. */
async function judge(
	scope: Scope,
	connection: OpenConnection,
	read: Read<Order>,
	settings: Link,
): Promise<MissingOrder> {
	const { name } = connection;
	const here = await lookHere(scope, connection.id, read.sourceId);
	if (here.orderId)
		return answer("here", "The order is here.", { path: `orders/${here.orderId}`, pathLabel: "Open the order" });
	if (here.removed)
		return answer("removed", "It was loaded before and removed here, so it is not loaded again.", {
			path: null,
			pathLabel: "",
		});
	const why = whyLeftOut(connection, read);
	if (why?.kind === "unusable")
		return answer("unusable", `${name} has it in a form we cannot use: ${why.because}. Correct it there.`, {
			path: null,
			pathLabel: "",
		});
	const filters = { path: `connections/${connection.id}?tab=filters`, pathLabel: "Open its filters" };
	if (why)
		return answer(
			"left-out",
			`${name} has it, but ${why.because}.`,
			filterRefusers.includes(why.by) ? filters : settings,
		);
	return answer(
		"coming",
		`${name} has it and nothing leaves it out. It comes with the next Order Download that sees it change, or now.`,
		{ path: null, pathLabel: "" },
		read.sourceId,
	);
}

async function askSource(
	connection: OpenConnection,
	number: string,
): Promise<{ read: Read<Order> | null } | { problem: string }> {
	const orders = connection.connector.source?.orders;
	if (!orders) return { problem: `${connection.name} has no orders.` };
	try {
		const sourceId = orders.find ? await orders.find(connection.context, number) : number;
		return { read: sourceId === null ? null : await orders.get(connection.context, sourceId) };
	} catch (error) {
		if (error instanceof ConnectorError) return { problem: error.message };
		throw error;
	}
}

interface Known {
	name: string;
	state: string;
	orderId: string | null;
	/** The ledger knows it, but its order is gone. */
	removed: boolean;
}

async function lookHere(scope: Scope, connectionId: string, text: string): Promise<Known> {
	const [row] = await transact(scope, (tx) =>
		tx.sql<Known>(
			`select c."name", c."state",
			   (select o."id" from "Order" o where o."accountId" = $1 and o."connectionId" = $2 and (o."number" = $3 or o."sourceId" = $3)
			    order by o."id" desc limit 1) as "orderId",
			   exists (select 1 from "SourceKey" k where k."accountId" = $1 and k."connectionId" = $2 and k."sourceId" = $3
			     and k."orderId" is not null) as "removed"
			 from "Connection" c where c."accountId" = $1 and c."id" = $2 and c."side" = 'source' and c."archivedAt" is null`,
			[scope.accountId, connectionId, text],
		),
	);
	if (!row) throw new AppError("not-found", { thing: "cart" });
	return row;
}
