import type { z } from "zod";
import type { difference } from "@/lib/api/contract/reconcile";
import type { DifferenceKind } from "@/lib/canonical/difference";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { Conditions, cutPage, type Page, type PageInput } from "../page";
import { mustBeConnection } from "./must-be-connection";

type DifferenceView = z.input<typeof difference>;
type Row = Omit<DifferenceView, "order"> & { orderId: string | null };

/** Newest first. Throws `not-found` for a foreign connection. */
export function listDifferences(
	scope: Scope,
	connectionId: string,
	filters: PageInput & { kind?: DifferenceKind | undefined; show: "open" | "gone" },
): Promise<Page<DifferenceView>> {
	return transact(scope, async (tx) => {
		await mustBeConnection(tx, scope, connectionId);
		const conditions = new Conditions();
		conditions.add(`"accountId" = ?`, scope.accountId);
		conditions.add(`"connectionId" = ?`, connectionId);
		conditions.add(`"kind" = ?`, filters.kind);
		conditions.add(`"id" < ?`, filters.after);
		conditions.plain(`"goneAt" is ${filters.show === "open" ? "null" : "not null"}`);
		const rows = await tx.sql<Row>(
			`select "id", "kind", "label", "orderId", "sentence", "rounds", "firstSeenAt", "lastSeenAt", "fixAskedAt", "goneAt"
			 from "ReconciliationDifference" where ${conditions.where} order by "id" desc limit ${filters.limit + 1}`,
			conditions.values,
		);
		return cutPage(rows, filters.limit, {
			key: (row) => row.id,
			item: ({ orderId, ...row }) => ({ ...row, order: orderId ? { id: orderId } : null }),
		});
	});
}
