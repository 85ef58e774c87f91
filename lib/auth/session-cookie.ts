import { createHash } from "node:crypto";
import { env } from "@/lib/env";
import { after, dayMs } from "@/lib/time";

/** How long a session lives after its last use. */
export const sessionMs = 30 * dayMs;
/** How long one lives at most, however often it is used. */
const longestMs = 180 * dayMs;

/** Sessions that began before this moment are over. */
export function sessionsSince(): Date {
	return after(new Date(), -longestMs);
}

/** True when people reach us by https; cookies then travel by https only. */
export function isSecure(): boolean {
	return env().APP_URL.startsWith("https:");
}

/** The port is part of the name on plain http, so that two copies on one machine do not end each other's sessions. */
export function sessionCookieName(): string {
	const { port } = new URL(env().APP_URL);
	return isSecure() ? "__Host-crossdock-session" : `crossdock-session-${port || 80}`;
}

/** What the database keeps instead of a token: whoever reads the table cannot sign in with it. */
export function hashOf(token: string): string {
	return createHash("sha256").update(token).digest("hex");
}

/** The named cookie of a request, or undefined. */
export function cookieOf(headers: Headers, name: string): string | undefined {
	return cookiesOf(headers)[name];
}

export function cookiesOf(headers: Headers): Record<string, string> {
	const pairs = (headers.get("cookie") ?? "").split(";").flatMap((pair) => {
		const [name, ...value] = pair.trim().split("=");
		return name ? [[name, decode(value.join("="))]] : [];
	});
	return Object.fromEntries(pairs);
}

function decode(value: string): string {
	try {
		return decodeURIComponent(value);
	} catch {
		return value;
	}
}

/** The names of the cookies that an answer sets. */
export function cookieNamesSet(headers: Headers): string[] {
	return headers.getSetCookie().map((cookie) => cookie.slice(0, cookie.indexOf("=")));
}
