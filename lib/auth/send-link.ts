import { createTransport } from "nodemailer";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { keepSignInToken } from "./adapter";
import { confirmUrl, linkMinutes, linkParts } from "./sign-in-link";

/** More links than this in an hour are not sent to one address; the answer on screen stays the same, and so do the links. */
const mostPerHour = 8;

/** Mails a sign-in link. Throws when the mail server refuses, so that the person sees it. */
export async function sendLink({ email, token }: { email: string; token: string }): Promise<void> {
	const { SMTP_URL, MAIL_FROM, APP_URL } = env();
	if (!SMTP_URL) throw new Error("SMTP_URL is missing: sign-in links cannot be mailed without a mail server");
	if (!(await keepSignInToken({ email, ...linkParts(token), mostPerHour }))) {
		log().warn("a sign-in link was not sent: too many for one address");
		return;
	}
	const link = confirmUrl(email, token);
	const host = new URL(APP_URL).host;
	await createTransport(SMTP_URL).sendMail({
		from: MAIL_FROM,
		to: email,
		subject: `Sign in to Crossdock at ${host}`,
		text: `Open this link to sign in to Crossdock:\n\n${link}\n\nIt works once, within ${linkMinutes} minutes. If you did not ask for it, ignore this mail: nothing happens.\n`,
		html: `<p>Press the button to sign in to Crossdock at ${host}.</p>
<p><a href="${link.replaceAll("&", "&amp;")}" style="display:inline-block;padding:10px 16px;border-radius:6px;background:#0b6e74;color:#ffffff;text-decoration:none">Sign in to Crossdock</a></p>
<p>It works once, within ${linkMinutes} minutes. If you did not ask for it, ignore this mail: nothing happens.</p>`,
	});
}
