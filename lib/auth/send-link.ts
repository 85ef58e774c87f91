import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sendMail } from "@/lib/mail";
import { keepSignInToken } from "./adapter";
import { confirmUrl, linkMinutes, linkParts } from "./sign-in-link";

/** More links than this in an hour are not sent to one address; the answer on screen stays the same, and so do the links. */
const mostPerHour = 8;

/** Mails a sign-in link. Throws when the mail server refuses, so that the person sees it. */
export async function sendLink({ email, token }: { email: string; token: string }): Promise<void> {
	if (!(await keepSignInToken({ email, ...linkParts(token), mostPerHour }))) {
		log().warn("a sign-in link was not sent: too many for one address");
		return;
	}
	await sendMail({
		to: email,
		subject: `Sign in to Crossdock at ${new URL(env().APP_URL).host}`,
		intro: ["Open this link to sign in to Crossdock:"],
		button: { label: "Sign in to Crossdock", href: confirmUrl(email, token) },
		outro: [
			`It works once, within ${linkMinutes} minutes. If you did not ask for it, ignore this mail: nothing happens.`,
		],
	});
}
