import { createHash, randomBytes } from "node:crypto";
import { systemPool } from "@/lib/db/pools";
import { env } from "@/lib/env";
import { after, minuteMs } from "@/lib/time";

const validMs = 15 * minuteMs;

/**
 * A link that signs its holder in once, within fifteen minutes. Only the token's hash is kept. Nothing checks here
 * who asks: hand it only to the owner of the address, or print it where only the owner of the machine reads.
 */
export async function issueSignInLink(email: string, now = new Date()): Promise<string> {
	const token = randomBytes(32).toString("base64url");
	const tokenHash = createHash("sha256").update(token).digest("hex");
	await systemPool().query(`insert into "SignInToken" ("email", "tokenHash", "expiresAt") values ($1, $2, $3)`, [
		email,
		tokenHash,
		after(now, validMs),
	]);
	const link = new URL("/sign-in/confirm", env().APP_URL);
	link.searchParams.set("email", email);
	link.searchParams.set("token", token);
	return link.href;
}
