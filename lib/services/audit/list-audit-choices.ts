import { namesOf } from "@/lib/auth/directory";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";

interface AuditChoices {
	actions: string[];
	actors: { id: string; name: string }[];
}

/** What the log can be filtered by: the actions and the people that occur in it. */
export async function listAuditChoices(scope: Scope): Promise<AuditChoices> {
	const { actions, actors } = await transact(scope, async (tx) => ({
		actions: await distinct(tx, scope, "action"),
		actors: await distinct(tx, scope, "actorId"),
	}));
	const people = actors.filter((id) => id.startsWith("usr_"));
	const names = await namesOf(people);
	return {
		actions,
		actors: people
			.map((id) => ({ id, name: names.get(id)?.name ?? names.get(id)?.email ?? id }))
			.sort((a, b) => a.name.localeCompare(b.name)),
	};
}

/** Jumps from value to value in the index, so that a log of millions costs as much as one of a few. */
async function distinct(tx: Transaction, scope: Scope, column: "action" | "actorId"): Promise<string[]> {
	const rows = await tx.sql<{ value: string }>(
		`with recursive found as (
		   (select "${column}" as "value" from "AuditEntry" where "accountId" = $1 order by "${column}" limit 1)
		   union all
		   select (select a."${column}" from "AuditEntry" a where a."accountId" = $1 and a."${column}" > f."value" order by a."${column}" limit 1)
		   from found f where f."value" is not null
		 ) select "value" from found where "value" is not null limit 500`,
		[scope.accountId],
	);
	return rows.map(({ value }) => value);
}
