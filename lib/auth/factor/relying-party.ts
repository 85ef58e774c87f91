/** Passkeys belong to a host name (WebAuthn's relying party). It is that of the address people open. */
import { isIP } from "node:net";
import { env } from "@/lib/env";

export function relyingParty(): { id: string; origin: string } {
	const { hostname, origin } = new URL(env().APP_URL);
	return { id: hostname, origin };
}

/** Why browsers would refuse passkeys at this address, in a sentence for people; null when they would not. */
export function whyNoPasskeys(): string | null {
	const { protocol, hostname } = new URL(env().APP_URL);
	if (isIP(hostname.replace(/^\[|\]$/g, "")))
		return `Passkeys need a name in the address of Crossdock, and ${hostname} is a number. Use an authenticator app.`;
	if (protocol !== "https:" && hostname !== "localhost" && !hostname.endsWith(".localhost"))
		return "Passkeys need an address that begins with https. Use an authenticator app.";
	return null;
}
