import net from "node:net";

export interface Mailbox {
	url: string;
	/** The mails as they came in, newest last. */
	mails: { to: string; text: string }[];
	close(): Promise<void>;
}

/** A mail server on loopback that keeps what it is sent; it refuses addresses that begin with "refused". */
export async function openMailbox(): Promise<Mailbox> {
	const mails: Mailbox["mails"] = [];
	const server = net.createServer((socket) => converse(socket, mails));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const address = server.address();
	if (typeof address !== "object" || !address) throw new Error("the mailbox has no port");
	return {
		url: `smtp://127.0.0.1:${address.port}`,
		mails,
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

/** As much of SMTP (RFC 5321) as a client needs that sends one mail. */
function converse(socket: net.Socket, mails: Mailbox["mails"]): void {
	let buffer = "";
	let to = "";
	let inMail = false;
	const say = (line: string) => socket.write(`${line}\r\n`);
	say("220 mailbox");
	socket.setEncoding("utf8");
	socket.on("error", () => {});
	socket.on("data", (chunk) => {
		buffer += chunk;
		for (;;) {
			const end = inMail ? "\r\n.\r\n" : "\r\n";
			const at = buffer.indexOf(end);
			if (at < 0) return;
			const part = buffer.slice(0, at);
			buffer = buffer.slice(at + end.length);
			if (inMail) {
				inMail = false;
				mails.push({ to, text: decoded(part) });
				say("250 kept");
			} else if (/^rcpt to:/i.test(part)) {
				to = /<([^>]*)>/.exec(part)?.[1] ?? "";
				say(to.startsWith("refused") ? "550 nobody here" : "250 ok");
			} else if (/^data/i.test(part)) {
				inMail = true;
				say("354 go on");
			} else if (/^quit/i.test(part)) socket.end("221 bye\r\n");
			else say("250 ok");
		}
	});
}

/** Undoes quoted-printable, which is how long lines travel. */
function decoded(text: string): string {
	return text
		.replace(/=\r\n/g, "")
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
