/** The mail inbox's process: takes every mail on loopback, shows it on a page, and sends none of them on. */
import { mkdirSync, rmSync } from "node:fs";
import type { IncomingMessage, Server } from "node:http";
import path from "node:path";
import { MailDev } from "maildev";

const [smtp, web, folder] = process.argv.slice(2);
if (!smtp || !web || !folder) throw new Error("two ports and a folder are missing");

// The package writes mails beside its memory, into the folder for temporary files: one that goes with us.
const own = path.resolve(folder);
const clear = () => rmSync(own, { recursive: true, force: true });
clear();
mkdirSync(own, { recursive: true, mode: 0o700 });
process.env.TMPDIR = own;
// It announces its address, which only the banner tells.
console.info = () => {};

const inbox = new MailDev({
	smtp: Number(smtp),
	ip: "127.0.0.1",
	web: Number(web),
	webIp: "127.0.0.1",
	maxEmails: 200,
	maxMessageSize: 5 * 1024 * 1024,
	silent: true,
});

async function stop(): Promise<void> {
	await inbox.stop().catch(() => {});
	clear();
	process.exit(0);
}
process.on("SIGTERM", stop);
process.on("SIGINT", stop);
process.on("disconnect", stop);
const { api } = await inbox.start();
if (!api) throw new Error("the inbox has no page");
refuseOthers(api.server.server);
process.send?.("ready");

/**
 * The package lets every web page read its mails, and mails hold sign-in links: pages of other origins, and other
 * names for this address, get nothing.
 */
function refuseOthers(server: Server): void {
	const hosts = [`127.0.0.1:${web}`, `localhost:${web}`];
	const isOurs = ({ headers: { host, origin } }: IncomingMessage) =>
		hosts.includes(host ?? "") && (origin === undefined || hosts.some((one) => origin === `http://${one}`));
	const pages = server.listeners("request");
	server.removeAllListeners("request");
	server.on("request", (request, response) => {
		if (isOurs(request)) for (const page of pages) page.call(server, request, response);
		else response.writeHead(403).end();
	});
	server.prependListener("upgrade", (request, socket) => {
		if (!isOurs(request)) socket.destroy();
	});
}
