/**
 * What every sandbox stands on: a loopback server with a fault injector in front of its routes. Faults strike
 * before the write (the system never saw the call) or after it (the system did the work, the answer is lost).
 */
import { setMaxListeners } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type HttpBindings, serve } from "@hono/node-server";
import { Hono, type MiddlewareHandler } from "hono";

export type SandboxFault =
	| { kind: "status"; status: number; when: "before" | "after"; headers?: Record<string, string>; body?: unknown }
	| { kind: "reset"; when: "before" | "after" }
	| { kind: "delay"; ms: number; when: "before" | "after" }
	/** Keeps the call waiting until the promise resolves, then lets it through. */
	| { kind: "hold"; until: Promise<void> }
	| { kind: "truncate" }
	| { kind: "html" }
	/** A page whose records come in another order than was asked for. */
	| { kind: "reorder" }
	/** The next call that matches is answered, and the one after it gets that same answer again: a doubled page. */
	| { kind: "repeat"; answer?: string };

interface Call {
	method: string;
	path: string;
	/** With its question mark; empty when there is none. */
	query: string;
	body: string;
}

export interface FaultRule {
	/** Which calls: all that this is true for. */
	match: (call: Call) => boolean;
	fault: SandboxFault;
	/** How often it strikes before it is used up. Default once. */
	times?: number;
	/** Chance per call, from the seeded source; default always. */
	probability?: number;
}

export class FaultInjector {
	private rules: FaultRule[] = [];
	private state: number;
	struck = 0;

	constructor(seed = 1) {
		this.state = seed;
	}

	add(rule: FaultRule): void {
		this.rules.push({ times: 1, ...rule });
	}

	clear(): void {
		this.rules = [];
	}

	/** Rules that have not struck for the last time yet. */
	get waiting(): number {
		return this.rules.length;
	}

	get idle(): boolean {
		return this.rules.length === 0;
	}

	take(call: Call): SandboxFault | undefined {
		for (const rule of this.rules) {
			if (!rule.match(call) || (rule.probability !== undefined && this.random() >= rule.probability)) continue;
			if (rule.fault.kind === "repeat" && rule.fault.answer === undefined) return rule.fault;
			rule.times = (rule.times ?? 1) - 1;
			if (rule.times <= 0) this.rules = this.rules.filter((other) => other !== rule);
			this.struck++;
			return rule.fault;
		}
		return undefined;
	}

	/** mulberry32: small, seeded, good enough for choosing victims. */
	private random(): number {
		this.state = (this.state + 0x6d2b79f5) | 0;
		let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	}
}

export type SandboxEnv = { Bindings: HttpBindings };

export interface RunningSandbox {
	url: string;
	faults: FaultInjector;
	/** Calls seen so far, faults included. */
	calls(): number;
	/** The most calls that were ever being answered at once. */
	mostAtOnce(): number;
	close(): Promise<void>;
}

/** Starts a server on loopback; port 0 takes a free one. `routes` adds the system's own paths. */
export async function startSandboxServer(
	routes: (app: Hono<SandboxEnv>) => void,
	options: { port?: number; seed?: number } = {},
): Promise<RunningSandbox> {
	const faults = new FaultInjector(options.seed);
	const app = new Hono<SandboxEnv>();
	const closing = new AbortController();
	setMaxListeners(0, closing.signal);
	let calls = 0;
	let atOnce = 0;
	let mostAtOnce = 0;
	const strikeNow = strike(faults, closing.signal, () => {
		atOnce--;
	});
	app.use(async (context, next) => {
		calls++;
		mostAtOnce = Math.max(mostAtOnce, ++atOnce);
		try {
			return await (faults.idle ? next() : strikeNow(context, next));
		} finally {
			atOnce--;
		}
	});
	routes(app);
	const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
		const started = serve({ fetch: app.fetch, hostname: "127.0.0.1", port: options.port ?? 0 }, () => resolve(started));
	});
	const address = server.address();
	const port = address && typeof address === "object" ? address.port : 0;
	return {
		url: `http://127.0.0.1:${port}`,
		faults,
		calls: () => calls,
		mostAtOnce: () => mostAtOnce,
		close: () =>
			new Promise((resolve) => {
				closing.abort();
				if ("closeAllConnections" in server) server.closeAllConnections();
				server.close(() => resolve());
			}),
	};
}

function strike(faults: FaultInjector, closing: AbortSignal, cutOff: () => void): MiddlewareHandler<SandboxEnv> {
	return async (context, next) => {
		const { method, path, url } = context.req;
		const call = { method, path, query: new URL(url).search, body: await context.req.raw.clone().text() };
		const fault = faults.take(call);
		if (!fault) return next();
		if (fault.kind === "repeat" && fault.answer !== undefined) {
			context.res = new Response(fault.answer, { headers: { "content-type": "application/json" } });
			return;
		}
		const before = fault.kind === "hold" || ("when" in fault && fault.when === "before");
		if (!before) await next();
		switch (fault.kind) {
			case "status":
				context.res = new Response(JSON.stringify(fault.body ?? { message: `injected ${fault.status}` }), {
					status: fault.status,
					headers: { "content-type": "application/json", ...fault.headers },
				});
				return;
			case "delay":
				await sleep(fault.ms, undefined, { signal: closing }).catch(() => {});
				return before ? next() : undefined;
			case "hold":
				await fault.until;
				return next();
			case "reset":
				reset(context.env.incoming, context.env.outgoing);
				cutOff();
				return new Promise<never>(() => {});
			case "truncate": {
				const text = await context.res.text();
				context.res = new Response(text.slice(0, Math.max(1, text.length >> 1)), {
					status: 200,
					headers: { "content-type": "application/json" },
				});
				return;
			}
			case "reorder":
				context.res = Response.json(reordered(await context.res.json()), { status: context.res.status });
				return;
			case "repeat":
				fault.answer = await context.res.clone().text();
				return;
			case "html":
				context.res = new Response("<html><body>Maintenance</body></html>", {
					status: 200,
					headers: { "content-type": "text/html" },
				});
		}
	};
}

/** The same answer with the records of its lists the other way round. */
function reordered(value: unknown): unknown {
	if (Array.isArray(value)) return value.toReversed();
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, reordered(part)]));
}

function reset(incoming: IncomingMessage, outgoing: ServerResponse | HttpBindings["outgoing"]): void {
	if ("resetAndDestroy" in incoming.socket) incoming.socket.resetAndDestroy();
	outgoing.destroy();
}
