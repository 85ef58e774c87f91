/**
 * A real Vendure server for tests: a process of its own on loopback, in memory, empty but for its own defaults.
 * Its packages are installed in this folder only; nothing of it is imported here.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

export type Ask = (query: string, variables?: object) => Promise<unknown>;

/** The ways into a Vendure that runs, in this process or another. */
export interface Vendure {
	url: string;
	adminUrl: string;
	shopUrl: string;
	/** The administrator who owns the shop. */
	credentials: { identifier: string; password: string };
	/** A query or mutation as that administrator. Gives `data`; throws what the server says in `errors`. */
	admin: Ask;
	/** The same as a shopper without an account. */
	shop: Ask;
	/** One more shopper, with a basket of their own. */
	newShopper(): Ask;
}
export interface RunningVendure extends Vendure {
	stop(): Promise<void>;
}

/** Starts the server; resolves when it answers. Stops by itself when this process ends. */
export async function startVendure(): Promise<RunningVendure> {
	if (!existsSync(path.join(import.meta.dirname, "node_modules/@vendure/core")))
		throw new Error("Vendure is not installed here. Run: npm test -- e2e/vendure");
	const password = randomBytes(12).toString("hex");
	const server = spawn(process.execPath, [path.join(import.meta.dirname, "server.mjs")], {
		cwd: import.meta.dirname,
		stdio: ["pipe", "pipe", "pipe"],
		env: { ...process.env, NODE_OPTIONS: "", PORT: "0", VENDURE_PASSWORD: password, VENDURE_DISABLE_TELEMETRY: "true" },
	});
	const url = `http://127.0.0.1:${await portOf(server)}`;
	return {
		...(await enterVendure(url, { identifier: "superadmin", password })),
		stop: () =>
			new Promise((resolve) => {
				if (server.exitCode !== null || server.signalCode !== null) return resolve();
				server.once("exit", () => resolve());
				server.stdin?.end();
			}),
	};
}

/** Signs in to a server that runs. */
export async function enterVendure(url: string, credentials: Vendure["credentials"]): Promise<Vendure> {
	const admin = session(`${url}/admin-api`);
	const newShopper = () => session(`${url}/shop-api`);
	await admin(
		`mutation ($identifier: String!, $password: String!) {
			login(username: $identifier, password: $password) { ... on CurrentUser { id } ... on ErrorResult { message } } }`,
		credentials,
	);
	return {
		url,
		adminUrl: `${url}/admin-api`,
		shopUrl: `${url}/shop-api`,
		credentials,
		admin,
		shop: newShopper(),
		newShopper,
	};
}

const ready = z.object({ port: z.int().positive() });

/** The port from the server's one line. Rejects with the server's own words when it ends before. */
function portOf(server: ChildProcess): Promise<number> {
	return new Promise((resolve, reject) => {
		let words = "";
		const note = (chunk: unknown) => {
			words = `${words}${chunk}`.slice(-4000);
		};
		server.stderr?.on("data", note);
		server.once("error", reject);
		server.once("exit", (code) => reject(new Error(`Vendure ended with ${code} before it was ready:\n${words}`)));
		if (!server.stdout) return;
		createInterface({ input: server.stdout }).on("line", (line) => {
			note(`${line}\n`);
			if (!line.startsWith('{"port":')) return;
			resolve(ready.parse(JSON.parse(line)).port);
		});
	});
}

const answer = z.object({ data: z.unknown(), errors: z.array(z.object({ message: z.string() })).optional() });

/** Asks in one session: Vendure gives its token in a header of the first answer. */
function session(address: string): Ask {
	let token = "";
	return async (query, variables = {}) => {
		const response = await fetch(address, {
			method: "POST",
			headers: { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) },
			body: JSON.stringify({ query, variables }),
		});
		token = response.headers.get("vendure-auth-token") ?? token;
		const { data, errors } = answer.parse(await response.json());
		if (errors?.length) throw new Error(`Vendure answered: ${errors.map((error) => error.message).join("; ")}`);
		return data;
	};
}
