/** What a request must be before an endpoint sees it: small enough, readable, and from our own pages. */
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";

/** The largest body of one request, in bytes. */
const mostBytes = 1_048_576;

/** The body of a request as text. Throws `too-large` as soon as it is. */
export async function readBody(request: Request, most: number): Promise<string> {
	if (!request.body) return "";
	const chunks: Uint8Array[] = [];
	let size = 0;
	for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
		size += chunk.byteLength;
		if (size > most) throw new AppError("too-large", { most: most / 1024 });
		chunks.push(chunk);
	}
	return Buffer.concat(chunks).toString("utf8");
}

/** The same request with its body read, within the limit and known to be an object in JSON. */
export async function readableRequest(request: Request): Promise<Request> {
	const text = await readBody(request, mostBytes);
	if (text === "") return new Request(request.url, { method: request.method, headers: request.headers });
	const body = parsed(text);
	if (typeof body !== "object" || body === null || Array.isArray(body)) throw new AppError("malformed");
	const headers = new Headers(request.headers);
	headers.set("content-type", "application/json");
	return new Request(request.url, { method: request.method, headers, body: text });
}

/** The body of a request as data of any form; undefined when it has none. */
export async function readJson(request: Request): Promise<unknown> {
	const text = await readBody(request, mostBytes);
	return text === "" ? undefined : parsed(text);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text, mustBeText);
	} catch (error) {
		throw error instanceof AppError ? error : new AppError("malformed");
	}
}

/** Refuses text that no database keeps: the character 0, and halves of characters. Names the field. */
function mustBeText(name: string, value: unknown): unknown {
	if (isKeepable(name) && (typeof value !== "string" || isKeepable(value))) return value;
	const problem = "holds a character that cannot be kept. Type it again.";
	const field = isKeepable(name) && name !== "" ? name : "body";
	throw new AppError("bad-input", { field, problem }, { fields: { [field]: problem } });
}

/** The same for what an address holds. Throws `bad-input` for escapes that are none as well. */
export function mustBeReadableAddress(url: string): void {
	const { pathname, search } = new URL(url);
	try {
		if (isKeepable(decodeURIComponent(pathname)) && isKeepable(decodeURIComponent(search.replaceAll("+", " ")))) return;
	} catch {
		// Said below: the escapes are broken.
	}
	const problem = "holds a character that cannot be read. Check the link.";
	throw new AppError("bad-input", { field: "address", problem }, { fields: { address: problem } });
}

function isKeepable(text: string): boolean {
	return !text.includes("\0") && !/\p{Surrogate}/u.test(text);
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
