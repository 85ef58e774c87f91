import type { z } from "zod";
import type { BulkVerb, bulkOperation } from "@/lib/api/contract/bulk";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { inverses } from "./verbs";

export type Bulk = z.input<typeof bulkOperation>;

interface Row {
	id: string;
	verb: BulkVerb;
	state: Bulk["state"];
	total: number;
	done: number;
	changed: number;
	stays: number;
	problems: Bulk["problems"];
	createdByName: string;
	createdAt: Date;
	endedAt: Date | null;
	undone: boolean;
}

export function readBulk(scope: Scope, bulkId: string): Promise<Bulk> {
	return transact(scope, (tx) => readBulkIn(tx, scope, bulkId));
}

/** Throws `not-found`. Staff of chosen merchants see what they started themselves: others may hold foreign orders. */
export async function readBulkIn(tx: Transaction, scope: Scope, bulkId: string): Promise<Bulk> {
	const [row] = await tx.sql<Row>(
		`select b."id", b."verb", b."state", cardinality(b."orderIds") as "total", b."done", cardinality(b."changedIds") as "changed",
		   b."stays", b."problems", b."createdByName", b."createdAt", b."endedAt",
		   exists (select 1 from "BulkOperation" u where u."accountId" = $1 and u."undoes" = b."id") as "undone"
		 from "BulkOperation" b where b."accountId" = $1 and b."id" = $2 and ($3::text is null or b."asker" #>> '{actor,id}' = $3)`,
		[scope.accountId, bulkId, ownerOf(scope)],
	);
	if (!row) throw new AppError("not-found", { thing: "operation" });
	const { stays, undone, createdByName, ...facts } = row;
	const ended = row.state === "done" || row.state === "stopped";
	return {
		...facts,
		stayed: stays,
		by: createdByName,
		undoable: ended && !undone && row.changed > 0 && row.verb in inverses,
	};
}

function ownerOf({ chosenMerchantIds, actor }: Scope): string | null {
	return chosenMerchantIds && actor.type !== "job" ? actor.id : null;
}
