/** The accounts people belong to. Sign-in's own business: it looks across accounts. */
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import { insertAccount, insertMerchant } from "@/lib/db/insert-account";
import { root } from "@/lib/db/root";
import type { Scope } from "@/lib/db/scope";
import { systemTransaction } from "@/lib/db/system";
import type { Person } from "./asker";
import { linkedAccountsOf } from "./linked-scope";
import { permissionsOf, type Role, roles } from "./roles";

export interface OwnAccount {
	id: string;
	name: string;
	kind: "fulfillment" | "merchant";
	role: Role;
	/** True for a brand's account that a 3PL of theirs is linked with. */
	linked: boolean;
}

/** A person's accounts by name, those of linked brands included. */
export async function accountsOf(person: Pick<Person, "id">): Promise<OwnAccount[]> {
	const memberships = await root().membership.findMany({
		where: { userId: person.id },
		select: { role: true, account: { select: { id: true, name: true, kind: true } } },
	});
	const own = memberships.map(({ role, account }) => ({
		id: account.id,
		name: account.name,
		kind: account.kind === "merchant" ? ("merchant" as const) : ("fulfillment" as const),
		role: roles.find((known) => known === role) ?? "viewer",
		linked: false,
	}));
	const linked = (await linkedAccountsOf(person)).filter(({ id }) => !own.some((account) => account.id === id));
	return [...own, ...linked.map((account) => ({ ...account, kind: "merchant" as const, linked: true }))].sort((a, b) =>
		a.name.localeCompare(b.name),
	);
}

/** Opens an account whose owner is the person. A Merchant account gets its one merchant at once. */
export async function openAccount(
	person: Person,
	given: { name: string; kind: "fulfillment" | "merchant"; timeZone: string },
	requestId: string,
): Promise<{ id: string }> {
	return systemTransaction(async (tx) => {
		const id = await insertAccount(tx, given);
		await tx.sql(`insert into "Membership" ("id", "accountId", "userId", "role") values ($1, $2, $3, 'owner')`, [
			newId("mem"),
			id,
			person.id,
		]);
		if (given.kind === "merchant") await insertMerchant(tx, id, given.name);
		await tx.sql(`update "User" set "lastAccountId" = $2 where "id" = $1`, [person.id, id]);
		const actor = { type: "user" as const, id: person.id, name: person.name ?? person.email };
		const { network } = person;
		const may = permissionsOf("owner", null);
		const scope: Scope = { accountId: id, actor, may, requestId, ...(network && { network }) };
		await audit(tx, scope, {
			action: "account.opened",
			subjectType: "account",
			subjectId: id,
			after: { name: given.name, kind: given.kind },
		});
		return { id };
	});
}

/** Remembers where a person was, so that signing in leads back to it. */
export async function rememberAccount(person: Person, accountId: string): Promise<void> {
	if (person.lastAccountId === accountId) return;
	await root().user.update({ where: { id: person.id }, data: { lastAccountId: accountId }, select: { id: true } });
}
