/** The mail inbox's process: takes every mail on loopback, shows it on a page, and sends none of them on. */
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { MailDev } from "maildev";

const [smtp, web, basePathname, folder] = process.argv.slice(2);
if (!smtp || !web || !basePathname || !folder) throw new Error("ports, path and folder are missing");

// The package writes mails beside its memory, into the folder for temporary files: one that goes with us.
const own = path.resolve(folder);
const clear = () => rmSync(own, { recursive: true, force: true });
clear();
mkdirSync(own, { recursive: true, mode: 0o700 });
process.env.TMPDIR = own;

const inbox = new MailDev({
	smtp: Number(smtp),
	ip: "127.0.0.1",
	web: Number(web),
	webIp: "127.0.0.1",
	basePathname,
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
await inbox.start();
process.send?.("ready");
