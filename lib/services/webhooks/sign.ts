/** Signatures of outgoing webhooks, as Standard Webhooks 1.0 says. */
import { createHmac, randomBytes } from "node:crypto";
import { after, dayMs } from "@/lib/time";

const prefix = "whsec_";
/** How long the secret before the present one signs too. */
const overlapMs = dayMs;

/** What is sealed of an endpoint. */
export type Secrets = Record<string, string>;

export function makeSecret(): string {
	return `${prefix}${randomBytes(24).toString("base64")}`;
}

/** A new secret in place of the present one, which signs for another day. */
export function rotated(before: Secrets, now: Date): Secrets & { secret: string } {
	const { secret } = before;
	return {
		secret: makeSecret(),
		...(secret && { previous: secret, previousUntil: after(now, overlapMs).toISOString() }),
	};
}

/** The headers that let the receiver tell our call from another's, and an old one from a new one. */
export function signatureHeaders(
	secrets: Secrets,
	message: { id: string; body: string },
	now: Date,
): Record<string, string> {
	const timestamp = String(Math.floor(now.getTime() / 1000));
	const old =
		secrets.previous && secrets.previousUntil && new Date(secrets.previousUntil) > now ? [secrets.previous] : [];
	const signatures = [...(secrets.secret ? [secrets.secret] : []), ...old].map((secret) => {
		const key = Buffer.from(secret.slice(prefix.length), "base64");
		return `v1,${createHmac("sha256", key).update(`${message.id}.${timestamp}.${message.body}`).digest("base64")}`;
	});
	return { "webhook-id": message.id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
