/** Magic links: made here, sent by mail, and opened by a press on a button, so that a mail scanner uses none up. */
import { createHash, randomBytes } from "node:crypto";
import { env } from "@/lib/env";
import { after, minuteMs } from "@/lib/time";
import { keepSignInToken } from "./adapter";

export const linkMinutes = 15;

/** The page that asks for one press before the link is used. */
export function confirmUrl(email: string, token: string): string {
	return `${env().APP_URL}/sign-in/confirm?${new URLSearchParams({ email, token })}`;
}

/** A link for a person, without a mail: for the launcher, which shows it to whoever sits at the machine. */
export async function issueSignInLink(email: string): Promise<string> {
	return confirmUrl(email, await issueToken(email));
}

/** A token that signs an address in, once, within the link's time. */
export async function issueToken(email: string): Promise<string> {
	const token = randomBytes(32).toString("hex");
	await keepSignInToken({ email, ...linkParts(token) });
	return token;
}

/** What is kept of a link that is made now. */
export function linkParts(token: string): { tokenHash: string; expiresAt: Date } {
	return { tokenHash: tokenHashOf(token), expiresAt: after(new Date(), linkMinutes * minuteMs) };
}

/** As next-auth hashes a link's token before it hands it to the adapter (4.24, core/lib/utils). */
export function tokenHashOf(token: string): string {
	return createHash("sha256").update(`${token}${authSecret()}`).digest("hex");
}

export function authSecret(): string {
	const secret = env().AUTH_SECRET;
	if (!secret) throw new Error("AUTH_SECRET is missing: make one with: openssl rand -base64 32");
	return secret;
}
