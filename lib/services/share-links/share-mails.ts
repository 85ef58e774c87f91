import { env } from "@/lib/env";
import { trySendMail } from "@/lib/mail";

interface About {
	email: string;
	account: string;
	connection: string;
	system: string;
}

/** Asks for access details. False when the mail could not be sent. */
export function mailShareLink({ email, account, system, url, days }: About & { url: string; days: number }) {
	return trySendMail({
		to: email,
		subject: `${account} asks you to connect ${system}`,
		intro: [
			`${account} moves your orders to the warehouse with Crossdock, and needs access to ${system}. Enter it yourself here; ${account} never sees what you enter.`,
		],
		outro: [
			`The link works once, within ${days} days. If you do not know ${account}, ignore this mail: nothing happens.`,
		],
		button: { label: `Connect ${system}`, href: url },
	});
}

/** Tells both sides that it is done. A mail that cannot be sent undoes nothing. */
export async function mailDone(about: About & { makerEmail: string; path: string }): Promise<void> {
	const { email, makerEmail, account, connection, system, path } = about;
	await trySendMail({
		to: email,
		subject: `${system} is connected to ${account}`,
		intro: [
			`Thank you: ${system} is connected, and your orders go to ${account} from now on.`,
			`Access details were entered with the link that ${account} sent you. If that was not you, change them in ${system} at once and tell ${account}.`,
		],
	});
	if (!makerEmail) return;
	await trySendMail({
		to: makerEmail,
		subject: `${connection} is connected`,
		intro: [`${email} entered the access details of ${connection}, and ${system} accepted them.`],
		button: { label: "Open the connection", href: `${env().APP_URL}/${path}` },
	});
}
