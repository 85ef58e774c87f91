/** Who may read the metrics: whoever knows METRICS_TOKEN, or without one whoever asks from this machine itself. */
import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { readMetrics } from "./read-metrics";

/** To everybody else the address does not exist. */
export async function serveMetrics(request: Request): Promise<Response> {
	if (!mayRead(request.headers)) return new Response("Not found\n", { status: 404 });
	try {
		const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8", "cache-control": "no-store" };
		return new Response(await readMetrics(), { headers });
	} catch {
		return new Response("The database does not answer.\n", { status: 503 });
	}
}

function mayRead(headers: Headers): boolean {
	const token = env().METRICS_TOKEN;
	if (token) return same(headers.get("authorization") ?? "", `Bearer ${token}`);
	// Our own web server writes here whom the request came from; behind a proxy, whom the proxy saw.
	return isLoopback(headers.get("x-forwarded-for") ?? "");
}

function isLoopback(address: string): boolean {
	return address === "::1" || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address);
}

function same(given: string, wanted: string): boolean {
	const hashed = (text: string) => createHash("sha256").update(text).digest();
	return timingSafeEqual(hashed(given), hashed(wanted));
}
