import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { mayChange, type OrderViewFacts, personOf, readViews } from "./order-view";

/** The asker's views and those that are shared with them, by name. */
export async function listOrderViews(scope: Scope): Promise<OrderViewFacts[]> {
	const person = personOf(scope);
	const rows = await transact(scope, (tx) => readViews(tx, scope));
	return rows.map(({ ownerId, ownerName, ...view }) => ({
		...view,
		mine: ownerId === person.id,
		by: ownerName,
		mayChange: mayChange(scope, { ...view, ownerId }),
	}));
}
