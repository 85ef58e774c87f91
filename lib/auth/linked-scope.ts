/** How a 3PL's staff come into the account of a brand that is linked to it. Read for every request, like a membership. */
import { root } from "@/lib/db/root";
import type { Scope } from "@/lib/db/scope";
import type { Person } from "./asker";
import { linkedPermissionsOf, type Role } from "./roles";

const living = { acceptedAt: { not: null }, endedAt: null };
/** Staff who work for all merchants; those of chosen merchants, and the people of one, have no part in it. */
const staff = (person: Pick<Person, "id">) => ({
	memberships: { some: { userId: person.id, merchantId: null, chosenOnly: false } },
});

/** What a person may touch in a linked account; null when no link leads there. */
export async function linkedScopeOf(person: Person, accountId: string, requestId: string): Promise<Scope | null> {
	const link = await root().accountLink.findFirst({
		where: { ...living, merchantAccountId: accountId, fulfillmentAccount: staff(person) },
		select: {
			id: true,
			fulfillmentAccount: {
				select: { name: true, memberships: { where: { userId: person.id }, select: { role: true } } },
			},
		},
	});
	const role = link?.fulfillmentAccount?.memberships[0]?.role;
	if (!link || !role) return null;
	const name = `${person.name ?? person.email} (${link.fulfillmentAccount?.name})`;
	return {
		...{ accountId, linkId: link.id, requestId },
		actor: { type: "user", id: person.id, name },
		may: linkedPermissionsOf(role),
		...(person.network && { network: person.network }),
	};
}

/** The accounts of brands that a person's 3PLs are linked with. */
export async function linkedAccountsOf(
	person: Pick<Person, "id">,
): Promise<{ id: string; name: string; role: Role }[]> {
	const links = await root().accountLink.findMany({
		where: { ...living, fulfillmentAccount: staff(person) },
		select: {
			merchantAccount: { select: { id: true, name: true } },
			fulfillmentAccount: { select: { memberships: { where: { userId: person.id }, select: { role: true } } } },
		},
	});
	return links.flatMap(({ merchantAccount, fulfillmentAccount }) => {
		const role = fulfillmentAccount?.memberships[0]?.role === "viewer" ? "viewer" : "operator";
		return merchantAccount ? [{ ...merchantAccount, role }] : [];
	});
}
