/**
 * Stand before every endpoint, also before its input is checked: a stranger learns nothing about a thing, not even
 * whether a request for it would be well formed. A router file chooses one of the two:
 *
 *   const api = implement(ordersContract).$context<RequestContext>().use(inScope);
 *   export const ordersRouter = { list: api.list.handler(({ input, context }) => listOrders(context.scope, input)) };
 */
import { os } from "@orpc/server";
import type { EndpointMeta } from "@/lib/api/contract/base";
import { type Asker, homeScopeOf, scopeOf } from "@/lib/auth/asker";
import { lacksDemandedFactor } from "@/lib/auth/factor/factors";
import { connectionOf, noteRefusals } from "@/lib/auth/refusals";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "./context";

/** For endpoints of an account: gives `context.scope`, or refuses. A foreign account looks like one that does not exist. */
export const inScope = os
	.$context<RequestContext>()
	.middleware(async ({ context, next, procedure, path }, input: unknown) => {
		const meta = metaOf(procedure);
		const endpoint = path.join(".");
		if (!meta.permission || (meta.audience ?? "account") !== "account")
			throw new Error(`${endpoint} names no permission of an account`);
		const key = await context.key();
		const { scope, person } = key ? await withKey(key, input, endpoint) : await withSession(context, input, endpoint);
		if (!scope.may.has(meta.permission)) throw new AppError("forbidden");
		return noting(scope, idsOf(input), endpoint, async () => {
			if (scope.connectionId) await mustBeOfConnection(scope, scope.connectionId, { input, route: routeOf(procedure) });
			return next({ context: { scope, asker: person ?? nobody } });
		});
	});

/** For endpoints that ask only for a signed-in person: gives `context.asker`. */
export const asPerson = os.$context<RequestContext>().middleware(async ({ context, next, procedure }) => {
	if (metaOf(procedure).audience !== "person") throw new Error("an endpoint of an account needs the guard inScope");
	return next({ context: { asker: await signedIn(context) } });
});

/** For giving the second factor: gives `context.asker`, also of a session that is not complete without it. */
export const asWaiting = os.$context<RequestContext>().middleware(async ({ context, next, procedure }) => {
	if (metaOf(procedure).audience !== "waiting") throw new Error("a session that waits may give its factor only");
	const asker = (await context.waiting()) ?? (await signedIn(context));
	return next({ context: { asker } });
});

/** For the endpoints of a share link: gives `context.link`, and the scope of the one connection it is for. */
export const byShareLink = os.$context<RequestContext>().middleware(async ({ context, next, procedure }) => {
	if (metaOf(procedure).audience !== "shareLink") throw new Error("only endpoints of a share link may use this guard");
	const link = await context.shareLink();
	if (!link) throw new AppError("link-gone");
	return next({ context: { link, scope: link.scope } });
});

interface Admitted {
	scope: Scope;
	person: Asker | null;
}

async function withSession(context: RequestContext, input: unknown, endpoint: string): Promise<Admitted> {
	const person = await signedIn(context);
	const scope = await scopeOf(person, accountIdOf(input), context.requestId);
	if (scope && (await lacksDemandedFactor(person.id, scope.accountId))) throw new AppError("second-factor-needed");
	if (scope) return { scope, person };
	const home = await homeScopeOf(person, context.requestId);
	if (home) await noteRefusals(home, idsOf(input), endpoint);
	throw new AppError("not-found", { thing: "account" });
}

async function withKey(scope: Scope, input: unknown, endpoint: string): Promise<Admitted> {
	if (scope.accountId === accountIdOf(input)) return { scope, person: null };
	await noteRefusals(scope, idsOf(input), endpoint);
	throw new AppError("not-found", { thing: "account" });
}

/** Stands where a key asks and an endpoint is about a person: looking at it refuses the request. */
const nobody: Asker = new Proxy({} as Asker, {
	get() {
		throw new AppError("people-only");
	},
});

async function signedIn(context: RequestContext): Promise<Asker> {
	const person = await context.person();
	if (!person) throw new AppError("signed-out");
	return person;
}

/** A verb that finds nothing was asked for something stale, or for something that is somebody else's. */
async function noting<T>(scope: Scope, ids: string[], endpoint: string, work: () => T): Promise<Awaited<T>> {
	try {
		return await work();
	} catch (error) {
		if (error instanceof AppError && error.code === "not-found") await noteRefusals(scope, ids, endpoint);
		throw error;
	}
}

function accountIdOf(input: unknown): string {
	const accountId = isObject(input) ? input.accountId : undefined;
	return typeof accountId === "string" ? accountId : "";
}

/**
 * A key of one connection reaches only addresses that name the connection, one of its functions, its runs or their
 * exchanges, and everything else that the request names must be of that connection too.
 */
async function mustBeOfConnection(
	scope: Scope,
	connectionId: string,
	{ input, route }: { input: unknown; route: string },
): Promise<void> {
	if (!/\{(connectionId|flowId|runId|exchangeId|shareLinkId)\}/.test(route)) throw new AppError("forbidden");
	for (const id of idsOf(input).filter((named) => named !== scope.accountId && named !== scope.merchantId))
		if ((await connectionOf(id)) !== connectionId) throw new AppError("not-found", { thing: "connection" });
}

function routeOf(procedure: { "~orpc": { route: { path?: string } } }): string {
	return procedure["~orpc"].route.path ?? "";
}

/** Everything in the input, at any depth, that looks like one of our ids. */
function idsOf(input: unknown): string[] {
	if (typeof input === "string") return /^[a-z]{3}_[0-9a-z]+$/.test(input) ? [input] : [];
	return isObject(input) ? Object.values(input).flatMap(idsOf) : [];
}

/** The library knows an endpoint's meta only as a record; every contract is made with `base`, which types it. */
function metaOf(procedure: { "~orpc": { meta: object } }): EndpointMeta {
	return procedure["~orpc"].meta as EndpointMeta;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
