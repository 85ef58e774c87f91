/** The shares of an order that is split over warehouses, as its page shows them. */
import type { Transaction } from "@/lib/db/transact";
import { shortOf, type Wait, waitWords } from "@/lib/flow/deliver/allocate";
import type { OrderDetail } from "./read-order";

type ShownShare = OrderDetail["shares"][number];

interface Row {
	connectionId: string;
	connectionName: string;
	units: Record<string, number>;
	rest: Record<string, number>;
	reason: string;
	dueAt: Date | null;
	problem: string | null;
	waits: Wait[] | null;
	parts: { key: string; state: string }[] | null;
	/** What rules add, by the id of its line. */
	added: { sku: string }[] | null;
	isOpen: boolean;
}

/** In the order of the plan; empty for an order that is not split. */
export async function readShares(
	tx: Transaction,
	accountId: string,
	orderId: string,
	lines: { id: string; sku: string }[],
): Promise<ShownShare[]> {
	const rows = await tx.sql<Row>(
		`select s."connectionId", c."name" as "connectionName", s."units", s."rest", s."reason", s."dueAt", s."problem",
		   o."status" in ('new', 'error', 'at_wms') as "isOpen", (select r."result" -> 'add' from "OrderRuling" r where r."accountId" = $1 and r."orderId" = $2) as "added",
		   (select json_agg(to_json(b) order by b."sku") from "BackorderItem" b where b."accountId" = $1 and b."orderId" = $2
		    and b."connectionId" = s."connectionId") as "waits",
		   (select json_agg(json_build_object('key', d."key", 'state', d."state") order by d."part") from "Delivery" d
		    where d."accountId" = $1 and d."orderId" = $2 and d."connectionId" = s."connectionId") as "parts"
		 from "OrderShare" s join "Connection" c on c."accountId" = $1 and c."id" = s."connectionId"
		 join "Order" o on o."accountId" = $1 and o."id" = s."orderId"
		 where s."accountId" = $1 and s."orderId" = $2 order by s."place"`,
		[accountId, orderId],
	);
	return rows.map((row) => {
		const codeOf = (id: string) =>
			lines.find((line) => line.id === id)?.sku ??
			row.added?.[Number(id.split(":")[1]) - 1]?.sku ??
			"a line that is gone";
		const of = (units: Record<string, number>) =>
			Object.entries(units).map(([id, quantity]) => ({ sku: codeOf(id), quantity }));
		return {
			connection: { id: row.connectionId, name: row.connectionName },
			numbers: (row.parts ?? []).map(({ key }) => key),
			...{ lines: of(row.units), rest: of(row.rest), reason: row.reason },
			state: stateOf(row),
			waitsFor: row.isOpen && row.waits ? shortOf(row.waits).map(waitWords) : [],
			problem: row.isOpen ? row.problem : null,
			nextTryAt: row.isOpen ? row.dueAt : null,
		};
	});
}

function stateOf({ rest, waits, dueAt, problem, parts, isOpen }: Row): ShownShare["state"] {
	const states = (parts ?? []).map(({ state }) => state);
	if (states.some((state) => state === "sending" || state === "unknown")) return "on-its-way";
	if (Object.keys(rest).length === 0) return states.includes("accepted") ? "there" : "not-sent";
	if (!isOpen) return "not-sent";
	if (problem !== null && dueAt === null) return "stopped";
	return waits && dueAt === null ? "waits-for-stock" : "next";
}
