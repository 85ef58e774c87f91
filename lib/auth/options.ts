import type { NextAuthOptions } from "next-auth";
import EmailProvider from "next-auth/providers/email";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { dayMs, minuteMs, secondMs } from "@/lib/time";
import { adapter } from "./adapter";
import { sendLink } from "./send-link";
import { isSecure, sessionCookieName, sessionMs } from "./session-cookie";
import { authSecret, linkMinutes } from "./sign-in-link";

/** next-auth with one way in: a link by mail. Sessions are rows, so they can be ended. */
export function authOptions(): NextAuthOptions {
	return {
		adapter,
		secret: authSecret(),
		session: { strategy: "database", maxAge: sessionMs / secondMs, updateAge: dayMs / secondMs },
		cookies: {
			sessionToken: {
				name: sessionCookieName(),
				options: { httpOnly: true, sameSite: "lax", path: "/", secure: isSecure() },
			},
		},
		pages: { signIn: "/sign-in", error: "/sign-in", verifyRequest: "/sign-in/sent" },
		providers: [
			EmailProvider({
				server: env().SMTP_URL ?? "",
				from: env().MAIL_FROM,
				maxAge: (linkMinutes * minuteMs) / secondMs,
				normalizeIdentifier: mailAddress,
				sendVerificationRequest: ({ identifier, token }) => sendLink({ email: identifier, token }),
			}),
		],
		// Only codes: the details may hold addresses and tokens.
		logger: {
			error: (code) => log().error({ code: known(code) }, "sign-in failed"),
			warn: (code) => log().warn({ code: known(code) }, "sign-in warning"),
			debug: () => {},
		},
	};
}

/** The address in the one form it is kept in. Throws for what cannot be one. */
function mailAddress(given: string): string {
	const email = given.normalize("NFKC").trim().toLowerCase();
	if (email.length > 254 || !/^[^\s@"<>,;\p{C}]+@[^\s@"<>,;\p{C}]+\.[^\s@"<>,;\p{C}]+$/u.test(email))
		throw new Error("this is no mail address");
	return email;
}

/** Browsers may send codes too; what is none is not written down. */
function known(code: unknown): string {
	return typeof code === "string" && /^[A-Za-z_]{1,60}$/.test(code) ? code : "unknown";
}
