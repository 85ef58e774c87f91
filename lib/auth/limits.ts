/**
 * How often somebody may ask, counted in PostgreSQL so that every process counts together. Who is over a limit is
 * told when to come back. A network is one IPv4 address or one IPv6 /64; see lib/launch/network.mjs.
 */
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { systemPool } from "@/lib/db/pools";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { dayMs, hourMs, minuteMs, secondMs } from "@/lib/time";
import { hashOf } from "./session-cookie";

interface Rule {
	most: () => number;
	inMs: number;
}

const rules = {
	/** Requests to the API by one key, one session or one share link. */
	api: { most: () => env().API_REQUESTS_PER_MINUTE, inMs: minuteMs },
	/** Requests to the API that show no way in that works, by network: guessing keys ends here. */
	stranger: { most: () => Math.ceil(env().API_REQUESTS_PER_MINUTE / 5), inMs: minuteMs },
	/** Mails with the report of a guided test, by account: whoever sends them types the addresses. */
	report: { most: () => 30, inMs: hourMs },
	/** Openings of share links, by network. */
	link: { most: () => 60, inMs: 10 * minuteMs },
	/** Events posted by other systems: to one connection, and from one network whatever it names. */
	hook: { most: () => 600, inMs: minuteMs },
	hookNetwork: { most: () => 6000, inMs: minuteMs },
	/** Sign-in links asked for. Of these to one address, no more than eight an hour are sent; see send-link.ts. */
	signInAddress: { most: () => 20, inMs: hourMs },
	signInNetwork: { most: () => 60, inMs: hourMs },
	/** Presses on a sign-in link, by network. */
	signInPress: { most: () => 60, inMs: hourMs },
	/** Second factors given, by person and by network; those that were right do not count for the person. */
	factorPerson: { most: () => 5, inMs: 15 * minuteMs },
	factorPersonDay: { most: () => 30, inMs: dayMs },
	factorNetwork: { most: () => 60, inMs: hourMs },
} satisfies Record<string, Rule>;
export type Limit = keyof typeof rules;

/** Set by our own server, which overwrites whatever a client sends under this name. */
export const networkHeader = "x-crossdock-network";

export function networkOf(headers: Headers): string {
	return headers.get(networkHeader) ?? "unknown";
}

/** Counts one request. Throws `too-many-requests` with the seconds to wait. */
export async function mustBeWithin(limit: Limit, who: string): Promise<void> {
	await countWithin(limit, who);
}

/** The same, and how many requests are left. */
export async function countWithin(limit: Limit, who: string): Promise<number> {
	try {
		return (await limiterOf(limit).consume(hashOf(who))).remainingPoints;
	} catch (error) {
		if (!(error instanceof RateLimiterRes)) throw error;
		throw new AppError("too-many-requests", { seconds: Math.max(1, Math.ceil(error.msBeforeNext / secondMs)) });
	}
}

/** The same for a page, which shows what a stranger sees anyway. */
export async function isWithin(limit: Limit, who: string): Promise<boolean> {
	try {
		await mustBeWithin(limit, who);
		return true;
	} catch (error) {
		if (error instanceof AppError && error.code === "too-many-requests") return false;
		throw error;
	}
}

/** Forgets what was counted. */
export async function forgive(limit: Limit, who: string): Promise<void> {
	await limiterOf(limit).delete(hashOf(who));
}

const limiters = new Map<Limit, { over: unknown; most: number; limiter: RateLimiterPostgres }>();

/** Made once per pool and figure: a test that closes the pools or changes the environment gets a new one. */
function limiterOf(limit: Limit): RateLimiterPostgres {
	const [over, most] = [systemPool(), rules[limit].most()];
	const made = limiters.get(limit);
	if (made && made.over === over && made.most === most) return made.limiter;
	const limiter = new RateLimiterPostgres({
		storeClient: over,
		storeType: "pool",
		tableName: "RateLimit",
		tableCreated: true,
		// Old rows are dropped by the prune task.
		clearExpiredByTimeout: false,
		keyPrefix: limit,
		points: most,
		duration: rules[limit].inMs / secondMs,
		// Who is far over the limit costs no query any more.
		inMemoryBlockOnConsumed: most + 1,
	});
	limiters.set(limit, { over, most, limiter });
	return limiter;
}
