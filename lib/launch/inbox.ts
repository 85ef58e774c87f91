import path from "node:path";
import { freePort } from "@/lib/ports";
import { type Add, tsx } from "./process";

export interface Inbox {
	smtpUrl: string;
	/** Where people read the mails; none when a mail server of one's own is given. */
	address?: string;
}

/** The mail server of the environment, or an inbox on loopback. */
export async function startInbox(folder: string, given: string | undefined, add: Add): Promise<Inbox> {
	if (given) return { smtpUrl: given };
	const [smtp, web] = [await freePort(1025), await freePort(1080)];
	const args = [...tsx, "lib/launch/mail.ts", String(smtp), String(web), path.join(folder, "mail")];
	await add("mail inbox", args, process.env);
	return { smtpUrl: `smtp://127.0.0.1:${smtp}`, address: `http://127.0.0.1:${web}` };
}
