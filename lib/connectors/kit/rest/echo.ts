/** A server that answers what a test says and keeps what it was asked: for what a setting changes in a call. */
import { startSandboxServer } from "../sandbox-server";

export interface Asked {
	method: string;
	path: string;
	query: Record<string, string>;
	body: unknown;
}
type Answer = unknown | ((asked: Asked) => unknown);

/** `answers` by method and path, such as "GET /orders"; what is not there is a 404. */
export async function startEcho(answers: Record<string, Answer>) {
	const asked: Asked[] = [];
	const server = await startSandboxServer((app) => {
		app.all("*", async (context) => {
			const { method, path } = context.req;
			const text = await context.req.text();
			const call: Asked = { method, path, query: context.req.query(), body: parsed(text) };
			asked.push(call);
			const answer = answers[`${method} ${path}`];
			if (answer === undefined) return context.json({ message: `nothing at ${method} ${path}` }, 404);
			const data = typeof answer === "function" ? answer(call) : answer;
			return data instanceof Response ? data : Response.json(data);
		});
	});
	return { ...server, asked };
}
export type Echo = Awaited<ReturnType<typeof startEcho>>;

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
