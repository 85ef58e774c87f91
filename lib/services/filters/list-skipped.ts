import type { z } from "zod";
import type { filtersContract } from "@/lib/api/contract/filters";
import type { Refuser } from "@/lib/canonical/filters";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { Conditions, cutPage, type PageInput, startsWith } from "../page";
import { readFilteredCart } from "./cart";

type Listed = z.input<NonNullable<(typeof filtersContract.skipped)["~orpc"]["outputSchema"]>>;
interface Row {
	sourceId: string;
	number: string | null;
	reason: string;
	by: Refuser;
	at: Date;
	isAsked: boolean;
}

/** The latest first. The search finds the beginning of a number or of the cart's own id. */
export function listSkipped(
	scope: Scope,
	connectionId: string,
	asked: PageInput & { search?: string | undefined; by?: Refuser | undefined },
): Promise<Listed> {
	return transact(scope, async (tx) => {
		await readFilteredCart(tx, scope, connectionId);
		const where = new Conditions();
		where.add(`"accountId" = ?`, scope.accountId);
		where.add(`"connectionId" = ?`, connectionId);
		where.plain(`"orderId" is null and "refusedBy" is not null and "refusedAt" is not null`);
		where.add(`"refusedBy" = ?`, asked.by);
		where.add(`(lower("number") like ? or lower("sourceId") like ?)`, asked.search && startsWith(asked.search));
		const [at, sourceId] = (asked.after ?? "").split("\n");
		if (at && sourceId !== undefined) {
			where.values.push(at, sourceId);
			const n = where.values.length;
			where.plain(
				`("refusedAt" < $${n - 1}::timestamptz or ("refusedAt" = $${n - 1}::timestamptz and "sourceId" > $${n}))`,
			);
		}
		const rows = await tx.sql<Row>(
			`select "sourceId", "number", coalesce("refusal", '') as "reason", "refusedBy" as "by", "refusedAt" as "at",
			   "recheckAt" is not null as "isAsked" from "SourceKey" where ${where.where}
			 order by "refusedAt" desc, "sourceId" limit ${asked.limit + 1}`,
			where.values,
		);
		return cutPage(rows, asked.limit, {
			key: (row) => `${row.at.toISOString()}\n${row.sourceId}`,
			item: (row) => row,
		});
	});
}
