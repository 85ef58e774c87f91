/** Names and addresses of people. They belong to no account, so only sign-in's own client reads them. */
import { root } from "@/lib/db/root";

export interface Named {
	email: string;
	name: string | null;
}

/** By id. Only for people whom the asker's own account knows already. */
export async function namesOf(userIds: string[]): Promise<Map<string, Named>> {
	const rows = await root().user.findMany({
		where: { id: { in: userIds } },
		select: { id: true, email: true, name: true },
	});
	return new Map(rows.map(({ id, email, name }) => [id, { email, name }]));
}

/** True when the person behind an address belongs to the account already. */
export async function belongs(accountId: string, email: string): Promise<boolean> {
	return (await root().membership.count({ where: { accountId, user: { email } } })) > 0;
}

/** Those of some people who have a second factor. Only for people whom the asker's own account knows already. */
export async function withFactor(userIds: string[]): Promise<Set<string>> {
	const rows = await root().user.findMany({
		where: {
			id: { in: userIds },
			OR: [{ authenticator: { confirmedAt: { not: null } } }, { passkeys: { some: {} } }],
		},
		select: { id: true },
	});
	return new Set(rows.map(({ id }) => id));
}

/** The mail addresses of an account's owners. */
export async function ownersOf(accountId: string): Promise<string[]> {
	const rows = await root().membership.findMany({
		where: { accountId, role: "owner", merchantId: null },
		select: { user: { select: { email: true } } },
	});
	return rows.map(({ user }) => user.email);
}
