/**
 * Which folder this copy keeps its data in. A copy that runs already holds the first, so a second one started
 * from the same place takes the next: both work, each with its own database. The holder is known by a small
 * server that answers a word, never by a process number, which another process may have by now.
 */
import { randomUUID } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import path from "node:path";
import { z } from "zod";

export interface DataFolder {
	path: string;
	/** As people see it from the project's folder, such as .data-2. */
	name: string;
	/** Another copy holds the usual folder. */
	second: boolean;
	release(): void;
}

const note = z.object({ port: z.int(), word: z.string() });
const most = 20;

/** Takes the first folder under `root` that no living copy holds. */
export async function claimDataFolder(root: string): Promise<DataFolder> {
	const word = randomUUID();
	const server = createServer((socket) => socket.on("error", () => {}).end(word));
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	server.unref();
	const address = server.address();
	const port = address && typeof address === "object" ? address.port : 0;
	for (let number = 1; number <= most; number++) {
		const name = number === 1 ? ".data" : `.data-${number}`;
		const folder = path.join(root, name);
		mkdirSync(folder, { recursive: true });
		const file = path.join(folder, "running.json");
		if (!(await claim(file, { port, word }))) continue;
		return {
			path: folder,
			name,
			second: number > 1,
			release: () => {
				rmSync(file, { force: true });
				server.close();
			},
		};
	}
	throw new Error(`${most} copies of Crossdock run from this folder already. End one of them first.`);
}

async function claim(file: string, mine: z.output<typeof note>): Promise<boolean> {
	for (let tries = 0; tries < 2; tries++) {
		try {
			writeFileSync(file, JSON.stringify(mine), { flag: "wx" });
			return true;
		} catch (error) {
			if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
		}
		if (await isHeld(file)) return false;
		rmSync(file, { force: true });
	}
	return false;
}

async function isHeld(file: string): Promise<boolean> {
	try {
		const { port, word } = note.parse(JSON.parse(readFileSync(file, "utf8")));
		return (await ask(port)) === word;
	} catch {
		return false;
	}
}

function ask(port: number): Promise<string> {
	return new Promise((resolve) => {
		let answer = "";
		const socket = connect({ port, host: "127.0.0.1", timeout: 2000 });
		socket.setEncoding("utf8");
		socket.on("data", (text: string) => {
			answer += text;
		});
		socket.on("timeout", () => socket.destroy());
		socket.on("error", () => {});
		socket.on("close", () => resolve(answer));
	});
}
