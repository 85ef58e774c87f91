/** What a request must be before an endpoint sees it: small enough, readable, and from our own pages. */
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";

/** The largest body of one request, in bytes. */
const mostBytes = 1_048_576;

/** The same request with its body read, within the limit and known to be JSON. */
export async function readableRequest(request: Request): Promise<Request> {
	if (!request.body) return request;
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
		size += chunk.byteLength;
		if (size > mostBytes) throw new AppError("too-large", { most: mostBytes / 1024 });
		chunks.push(chunk);
	}
	const text = Buffer.concat(chunks).toString("utf8");
	if (text !== "") {
		try {
			JSON.parse(text);
		} catch {
			throw new AppError("malformed");
		}
	}
	const headers = new Headers(request.headers);
	if (text !== "") headers.set("content-type", "application/json");
	return new Request(request.url, { method: request.method, headers, ...(text !== "" && { body: text }) });
}

/** False when a browser says that another site's page made the request. Requests without a browser say nothing. */
export function isSameOrigin(headers: Headers): boolean {
	const site = headers.get("sec-fetch-site");
	// Browsers forbid pages to set it; beside it, Origin may be "null", as from a page that sends no referrer.
	if (site) return site === "same-origin" || site === "none";
	const origin = headers.get("origin");
	if (!origin) return true;
	return origin === new URL(env().APP_URL).origin || hostOf(origin) === headers.get("host");
}

function hostOf(origin: string): string {
	try {
		return new URL(origin).host;
	} catch {
		return "";
	}
}
