/**
 * Which person asks, and within which account. The session and the membership are read for every request: a person
 * who is shut out is out at once. Keys and share links are other ways in; see authorization.ts.
 */
import { root } from "@/lib/db/root";
import type { Scope } from "@/lib/db/scope";
import { after, minuteMs } from "@/lib/time";
import { deviceOf, networkOf } from "./device";
import { linkedScopeOf } from "./linked-scope";
import { permissionsOf } from "./roles";
import { cookieOf, hashOf, sessionCookieName, sessionsSince } from "./session-cookie";

export interface Person {
	id: string;
	email: string;
	name: string | null;
	lastAccountId: string | null;
	timeZone: string | null;
	/** Where the request came from, shortened. */
	network?: string;
}

/** A person who is here by a session. */
export interface Asker extends Person {
	sessionId: string;
}

/** "Last seen" is written no more often than this. */
const seenEveryMs = 3 * minuteMs;

/**
 * The person behind a request's session cookie, or null. A request with an Authorization header never counts as one,
 * nor does a session that still waits for the second factor.
 */
export function askerOf(headers: Headers): Promise<Asker | null> {
	return personOf(headers, false);
}

/** The person of a session that still waits for the second factor: all they may do is give it. */
export function waitingOf(headers: Headers): Promise<Asker | null> {
	return personOf(headers, true);
}

async function personOf(headers: Headers, awaitsFactor: boolean): Promise<Asker | null> {
	if (headers.has("authorization")) return null;
	const token = cookieOf(headers, sessionCookieName());
	if (!token) return null;
	const session = await root().session.findFirst({
		where: {
			tokenHash: hashOf(token),
			expiresAt: { gt: new Date() },
			createdAt: { gt: sessionsSince() },
			awaitsFactor,
		},
		select: {
			id: true,
			device: true,
			lastSeenAt: true,
			user: { select: { id: true, email: true, name: true, lastAccountId: true, timeZone: true } },
		},
	});
	if (!session) return null;
	const network = networkOf(headers);
	if (session.device === "" || isStale(session.lastSeenAt)) {
		const device = deviceOf(headers.get("user-agent"));
		await root().session.updateMany({ where: { id: session.id }, data: { device, network, lastSeenAt: new Date() } });
	}
	return { ...session.user, sessionId: session.id, network };
}

/** What a person may touch in an account; null when neither they nor a 3PL of theirs belong to it. */
export async function scopeOf(person: Person, accountId: string, requestId: string): Promise<Scope | null> {
	const membership = await root().membership.findFirst({ where: { accountId, userId: person.id } });
	if (!membership) return linkedScopeOf(person, accountId, requestId);
	const { id, lastSeenAt } = membership;
	if (isStale(lastSeenAt)) await root().membership.updateMany({ where: { id }, data: { lastSeenAt: new Date() } });
	return scopeAs(person, membership, requestId);
}

/** The same for work that goes on without them: they are not seen by it. */
export async function scopeNow(
	{ id, name }: { id: string; name: string | null },
	accountId: string,
	requestId: string,
): Promise<Scope | null> {
	const person = { id, name, email: "", lastAccountId: null, timeZone: null };
	const membership = await root().membership.findFirst({ where: { accountId, userId: id } });
	return membership ? scopeAs(person, membership, requestId) : linkedScopeOf(person, accountId, requestId);
}

interface Place {
	accountId: string;
	role: string;
	merchantId: string | null;
	chosenOnly: boolean;
	chosenMerchantIds: string[];
}

function scopeAs(person: Person, place: Place, requestId: string): Scope {
	const { accountId, role, merchantId, chosenOnly, chosenMerchantIds } = place;
	return {
		accountId,
		...(merchantId && { merchantId }),
		...(chosenOnly && { chosenMerchantIds }),
		actor: { type: "user", id: person.id, name: person.name ?? person.email },
		may: permissionsOf(role, merchantId),
		requestId,
		...(person.network && { network: person.network }),
	};
}

/** A person's own account: the one they used last if they still belong to it, else their first. */
export async function homeScopeOf(person: Person, requestId: string): Promise<Scope | null> {
	const last = person.lastAccountId && (await scopeOf(person, person.lastAccountId, requestId));
	if (last) return last;
	const first = await root().membership.findFirst({ where: { userId: person.id }, orderBy: { id: "asc" } });
	return first && scopeOf(person, first.accountId, requestId);
}

function isStale(lastSeenAt: Date | null): boolean {
	return !lastSeenAt || lastSeenAt < after(new Date(), -seenEveryMs);
}
