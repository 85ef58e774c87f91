/**
 * Which person asks, and within which account. The session and the membership are read for every request: a person
 * who is shut out is out at once. Keys and share links are other ways in; see authorization.ts.
 */
import { root } from "@/lib/db/root";
import type { Scope } from "@/lib/db/scope";
import { permissionsOf } from "./roles";
import { cookieOf, hashOf, sessionCookieName } from "./session-cookie";

export interface Person {
	id: string;
	email: string;
	name: string | null;
	lastAccountId: string | null;
	timeZone: string | null;
}

/** The person behind a request's session cookie, or null. A request with an Authorization header never counts as one. */
export async function askerOf(headers: Headers): Promise<Person | null> {
	if (headers.has("authorization")) return null;
	const token = cookieOf(headers, sessionCookieName());
	if (!token) return null;
	const session = await root().session.findFirst({
		where: { tokenHash: hashOf(token), expiresAt: { gt: new Date() } },
		select: { user: { select: { id: true, email: true, name: true, lastAccountId: true, timeZone: true } } },
	});
	return session?.user ?? null;
}

/** What a person may touch in an account; null when they do not belong to it. */
export async function scopeOf(person: Person, accountId: string, requestId: string): Promise<Scope | null> {
	const membership = await root().membership.findFirst({ where: { accountId, userId: person.id } });
	if (!membership) return null;
	const { role, merchantId } = membership;
	return {
		accountId,
		...(merchantId && { merchantId }),
		actor: { type: "user", id: person.id, name: person.name ?? person.email },
		may: permissionsOf(role, merchantId),
		requestId,
	};
}

/** A person's own account: the one they used last if they still belong to it, else their first. */
export async function homeScopeOf(person: Person, requestId: string): Promise<Scope | null> {
	const last = person.lastAccountId && (await scopeOf(person, person.lastAccountId, requestId));
	if (last) return last;
	const first = await root().membership.findFirst({ where: { userId: person.id }, orderBy: { id: "asc" } });
	return first && scopeOf(person, first.accountId, requestId);
}
