/** Calls of a REST connection: who we are, what an error looks like, and addresses made from templates. */
import { z } from "zod";
import { ConnectorError } from "../fault";
import { short } from "../faults";
import type { Context, ErrorAnswer, Fields, Method, Reply, RequestOptions, Token } from "../types";
import type { Auth, RestPlan } from "./plan";
import { isEmpty, valueAt } from "./run-map";

type AnyContext = Pick<Context<Fields>, "http" | "now" | "token">;

/** The headers that prove who we are. A key in the address is not among them: `withKey` puts it there. */
export async function authHeaders(context: AnyContext, { auth }: RestPlan): Promise<Record<string, string>> {
	if (auth.scheme === "oauth") {
		const token = await context.token(() => requestToken(context, auth));
		return { ...auth.headers, Authorization: `Bearer ${token.value}` };
	}
	return { ...auth.headers, ...plainHeaders(auth, auth.secret) };
}

/** Of the schemes that need no token. `secret` may be a stand-in, for a preview. */
export function plainHeaders({ scheme, user, keyName }: Auth, secret: string): Record<string, string> {
	if (scheme === "basic") return { Authorization: `Basic ${Buffer.from(`${user}:${secret}`).toString("base64")}` };
	if (scheme === "bearer" || scheme === "oauth") return { Authorization: `Bearer ${secret}` };
	return scheme === "header" ? { [keyName]: secret } : {};
}

const tokenAnswer = z.object({
	access_token: z.string().min(1),
	expires_in: z.coerce.number().positive().default(600),
});

/** OAuth 2 client credentials (RFC 6749, 4.4): the client is named in the header, as the standard wants it first. */
async function requestToken(context: AnyContext, auth: Auth): Promise<Token> {
	const form = new URLSearchParams({ grant_type: "client_credentials", ...(auth.scope && { scope: auth.scope }) });
	const { data } = await context.http.send("POST", auth.tokenUrl, form.toString(), {
		schema: tokenAnswer,
		headers: {
			"content-type": "application/x-www-form-urlencoded",
			Authorization: `Basic ${Buffer.from(`${auth.user}:${auth.secret}`).toString("base64")}`,
		},
		authorized: false,
		repeatable: true,
		fault: refusedClient,
	});
	return { value: data.access_token, expiresAt: new Date(context.now().getTime() + data.expires_in * 1000) };
}

/** The standard lets a server say 400 to a client it does not know. */
function refusedClient({ status, body, exchangeId }: ErrorAnswer): ConnectorError | undefined {
	const said = z.object({ error: z.string() }).safeParse(body);
	if (status !== 400 || !said.success || !/^(invalid|unauthorized)_client$/.test(said.data.error)) return undefined;
	const message = "The token server does not know this client. Enter the client ID and its secret again.";
	return new ConnectorError({ kind: "auth", reason: "invalid" }, message, { exchangeId });
}

export async function get(
	context: AnyContext,
	plan: RestPlan,
	path: string,
	query: Query = {},
): Promise<Reply<unknown>> {
	return context.http.get(path, { schema: z.unknown(), query: withKey(plan, query), fault: saidError(plan) });
}

export async function send(
	context: AnyContext,
	plan: RestPlan,
	call: { method: Method; path: string; body?: unknown; repeatable?: boolean },
): Promise<Reply<unknown>> {
	const { method, path, body, repeatable = false } = call;
	const options = { schema: z.unknown(), query: withKey(plan, {}), repeatable, fault: saidError(plan) };
	return context.http.send(method, path, body, options);
}

type Query = NonNullable<RequestOptions<unknown>["query"]>;

function withKey({ auth }: RestPlan, query: Query): Query {
	return auth.scheme === "query" ? { ...query, [auth.keyName]: auth.secret } : query;
}

/** The sentence at the place that the settings name: inside an answer of 200, and of a refusal. */
function saidError(plan: RestPlan): (answer: ErrorAnswer) => ConnectorError | undefined {
	return ({ status, body, exchangeId }) => {
		if (status === 401 && (plan.testing || plan.auth.scheme !== "oauth")) return unknownTo(body, exchangeId);
		if (plan.errorAt.length === 0 || (status >= 300 && ![400, 404, 409, 422].includes(status))) return undefined;
		const said = valueAt(body, plan.errorAt);
		if (isEmpty(said) || said === false) return undefined;
		const what = typeof said === "string" ? short(said) : "no reason in words";
		const code = status < 300 ? "said-error" : `http-${status}`;
		const message = `The system refused it: ${what}. Correct it and resend.`;
		return new ConnectorError({ kind: "permanent", code }, message, { exchangeId });
	};
}

/** What a system said when it refused our access: it may name the key that is wrong. */
export class Refused extends Error {
	constructor(readonly said: string) {
		super("access was refused");
	}
}

function unknownTo(body: unknown, exchangeId: string): ConnectorError {
	const said = typeof body === "string" ? body : JSON.stringify(body);
	const message = "The system does not accept the access details. Enter them again.";
	const options = { exchangeId, cause: new Refused(said.slice(0, 500)) };
	return new ConnectorError({ kind: "auth", reason: "invalid" }, message, options);
}

/** A path with its {names} filled in. A name that is not given stays away. */
export function pathOf(template: string, values: Record<string, string>): string {
	return template.replace(/\{(\w+)\}/g, (_, name: string) => {
		const value = values[name] ?? "";
		// Within an address these two lead elsewhere, however they are written.
		if (value !== "." && value !== "..") return encodeURIComponent(value);
		const message = `"${value}" cannot stand in an address. Give it another name in the other system.`;
		throw new ConnectorError({ kind: "permanent", code: "bad-name", field: name }, message);
	});
}

export function isRefusal(error: unknown, statuses: readonly number[]): error is ConnectorError {
	if (!(error instanceof ConnectorError) || error.fault.kind !== "permanent") return false;
	const { code } = error.fault;
	return code === "said-error" || statuses.some((status) => code === `http-${status}`);
}
