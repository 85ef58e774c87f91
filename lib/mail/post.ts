import { createTransport } from "nodemailer";
import { env } from "@/lib/env";
import { log } from "@/lib/log";

interface Mail {
	to: string;
	subject: string;
	/** Paragraphs of plain text. */
	lines: string[];
	button?: { label: string; url: string };
}

/** Sends one mail as text and as HTML. False when it could not be sent; the reason is logged without the address. */
export async function post({ to, subject, lines, button }: Mail): Promise<boolean> {
	const { SMTP_URL, MAIL_FROM } = env();
	if (!SMTP_URL) {
		log().warn("a mail was not sent: SMTP_URL is missing");
		return false;
	}
	const paragraphs = lines.map((line) => `<p>${escaped(line)}</p>`);
	if (button)
		paragraphs.splice(1, 0, `<p><a href="${escaped(button.url)}" style="${look}">${escaped(button.label)}</a></p>`);
	const text = button ? [lines[0], button.url, ...lines.slice(1)] : lines;
	try {
		// Line ends in a header would begin another one.
		const clean = subject.replace(/\s+/g, " ");
		await createTransport(SMTP_URL).sendMail({
			from: MAIL_FROM,
			to: { name: "", address: to },
			subject: clean,
			text: `${text.join("\n\n")}\n`,
			html: paragraphs.join("\n"),
		});
		return true;
	} catch (error) {
		log().warn({ name: error instanceof Error ? error.name : "unknown" }, "a mail could not be sent");
		return false;
	}
}

const look =
	"display:inline-block;padding:10px 16px;border-radius:6px;background:#0b6e74;color:#ffffff;text-decoration:none";

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
