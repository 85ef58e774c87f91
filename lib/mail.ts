/** Mails to people: one sender, plain text beside HTML, at most one button. */
import { createTransport } from "nodemailer";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

export interface Mail {
	to: string;
	subject: string;
	/** Sentences before the button. */
	intro: string[];
	button?: { label: string; href: string };
	/** Sentences after it. */
	outro?: string[];
}

/** Sends a mail. Throws when the mail server refuses, or when there is none. */
export async function sendMail({ to, subject, intro, button, outro = [] }: Mail): Promise<void> {
	const { SMTP_URL, MAIL_FROM } = env();
	if (!SMTP_URL) throw new Error("SMTP_URL is missing: mails cannot be sent without a mail server");
	const paragraph = (text: string) => `<p>${escaped(text)}</p>`;
	await createTransport(SMTP_URL).sendMail({
		from: MAIL_FROM,
		to,
		subject,
		text: `${[...intro, ...(button ? [button.href] : []), ...outro].join("\n\n")}\n`,
		html: [
			...intro.map(paragraph),
			...(button
				? [`<p><a href="${escaped(button.href)}" style="${buttonStyle}">${escaped(button.label)}</a></p>`]
				: []),
			...outro.map(paragraph),
		].join("\n"),
	});
}

/** For mails that only tell: one that cannot be sent undoes nothing. The log says that it was not sent, and not to whom. */
export async function trySendMail(mail: Mail): Promise<boolean> {
	try {
		await sendMail(mail);
		return true;
	} catch (error) {
		log().warn({ name: error instanceof Error ? error.name : "unknown" }, "a mail could not be sent");
		return false;
	}
}

const buttonStyle =
	"display:inline-block;padding:10px 16px;border-radius:6px;background:#0b6e74;color:#ffffff;text-decoration:none";

function escaped(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
