import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import nodemailer from "nodemailer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Inbox, startInbox } from "./inbox";
import { type Add, type StartedProcess, startProcess } from "./process";

let root: string;
let inbox: Inbox;
const started: StartedProcess[] = [];
const add: Add = (...part) => {
	const server = startProcess(...part);
	started.push(server);
	return server.ready;
};

beforeAll(async () => {
	root = mkdtempSync(path.join(tmpdir(), "crossdock-inbox-"));
	inbox = await startInbox(root, undefined, add);
});
afterAll(async () => {
	for (const server of started) await server.stop();
	rmSync(root, { recursive: true, force: true });
});

async function get(at: string, headers: Record<string, string> = {}): Promise<{ status: number; body: string }> {
	const call = request(`${inbox.address}${at}`, { headers }).end();
	const [answer] = await once(call, "response");
	let body = "";
	for await (const chunk of answer) body += String(chunk);
	return { status: answer.statusCode, body };
}

describe("the mail inbox", () => {
	it("shows what was sent to it, and keeps nothing when it ends", async () => {
		await nodemailer
			.createTransport(inbox.smtpUrl)
			.sendMail({ from: "a@x.test", to: "b@y.test", subject: "Your sign-in link", text: "here" });
		await expect.poll(async () => (await get("/api/email/summary")).body).toContain("Your sign-in link");
		expect((await get("/", { accept: "text/html" })).status).toBe(200);
		for (const server of started.splice(0)) await server.stop();
		expect(existsSync(path.join(root, "mail"))).toBe(false);
		inbox = await startInbox(root, undefined, add);
		expect((await get("/api/email/summary")).body).not.toContain("Your sign-in link");
	});

	it("answers only its own page", async () => {
		const own = inbox.address ?? "";
		expect((await get("/api/email", { origin: own })).status).toBe(200);
		for (const headers of [{ origin: "http://elsewhere.example" }, { origin: "null" }, { host: "elsewhere.example" }]) {
			for (const at of ["/", "/api/email", "/socket.io/?EIO=4&transport=polling"])
				expect((await get(at, headers)).status).toBe(403);
		}
	});

	it("is not started when a mail server is given", async () => {
		const nothing = () => Promise.reject(new Error("nothing is to be started"));
		expect(await startInbox(root, "smtp://mail.example", nothing)).toEqual({ smtpUrl: "smtp://mail.example" });
	});
});
