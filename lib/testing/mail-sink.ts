import { type AddressInfo, createServer } from "node:net";

export interface MailSink {
	url: string;
	/** What was sent, decoded where it was quoted-printable. */
	mails: { to: string; text: string }[];
	close(): void;
}

/** A mail server on loopback that keeps what it is sent. */
export async function startMailSink(): Promise<MailSink> {
	const mails: MailSink["mails"] = [];
	const server = createServer((socket) => {
		let [to, body, inBody, rest] = ["", "", false, ""];
		const take = (line: string) => {
			if (inBody && line !== ".") {
				body += `${line}\n`;
				return;
			}
			if (inBody) {
				mails.push({ to, text: decoded(body) });
				[inBody, body] = [false, ""];
			} else if (/^rcpt to/i.test(line)) to = /<(.*?)>/.exec(line)?.[1] ?? "";
			else if (/^data/i.test(line)) {
				inBody = true;
				return socket.write("354 go on\r\n");
			}
			return socket.write("250 ok\r\n");
		};
		socket.on("error", () => {});
		socket.on("data", (chunk) => {
			const lines = (rest + chunk.toString()).split("\r\n");
			rest = lines.pop() ?? "";
			for (const line of lines) take(line);
		});
		socket.write("220 sink\r\n");
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	return { url: `smtp://127.0.0.1:${port}`, mails, close: () => server.close() };
}

function decoded(body: string): string {
	return body
		.replace(/=\n/g, "")
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number(`0x${hex}`)));
}
