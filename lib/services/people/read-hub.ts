import type { z } from "zod";
import type { hub } from "@/lib/api/contract/people";
import type { Person } from "@/lib/auth/asker";
import { accountsOf } from "@/lib/auth/memberships";
import type { Scope } from "@/lib/db/scope";
import { transactScoped } from "@/lib/db/scoped";
import { countOpenAlerts } from "../alerts/list-alerts";

export type HubView = z.input<typeof hub>;

/** Everything the frame around the screens shows. */
export async function readHub(scope: Scope, person: Person): Promise<HubView> {
	const accounts = await accountsOf(person);
	const role = accounts.find(({ id }) => id === scope.accountId)?.role ?? "viewer";
	return transactScoped(scope, async (tx) => {
		const account = await tx.db.account.findFirstOrThrow({
			select: { id: true, name: true, kind: true, timeZone: true, demandsFactor: true },
		});
		const merchants = await tx.db.merchant.findMany({
			where: { archivedAt: null },
			select: { id: true, name: true },
			orderBy: { name: "asc" },
		});
		return {
			account: { ...account, kind: account.kind === "merchant" ? "merchant" : "fulfillment" },
			accounts: accounts.map(({ id, name, linked }) => ({ id, name, linked })),
			person: { email: person.email, name: person.name, timeZone: person.timeZone },
			role,
			may: [...scope.may],
			ofMerchant: scope.merchantId !== undefined,
			linked: scope.linkId !== undefined,
			merchants,
			openAlerts: await countOpenAlerts(tx, scope),
		};
	});
}
