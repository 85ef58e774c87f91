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
import { noteRefusals } from "@/lib/auth/refusals";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import type { RequestContext } from "./context";

/** For endpoints of an account: gives `context.scope`, or refuses. A foreign account looks like one that does not exist. */
export const inScope = os
	.$context<RequestContext>()
	.middleware(async ({ context, next, procedure, path }, input: unknown) => {
		const person = await signedIn(context);
		const { permission, audience } = metaOf(procedure);
		const endpoint = path.join(".");
		if (!permission || audience === "person") throw new Error(`${endpoint} names no permission of an account`);
		const scope = await scopeOf(person, accountIdOf(input), context.requestId);
		if (!scope) {
			const home = await homeScopeOf(person, context.requestId);
			if (home) await noteRefusals(home, idsOf(input), endpoint);
			throw new AppError("not-found", { thing: "account" });
		}
		if (!scope.may.has(permission)) throw new AppError("forbidden");
		return noting(scope, idsOf(input), endpoint, () => next({ context: { scope, asker: person } }));
	});

/** For endpoints that ask only for a signed-in person: gives `context.asker`. */
export const asPerson = os.$context<RequestContext>().middleware(async ({ context, next, procedure }) => {
	if (metaOf(procedure).audience !== "person") throw new Error("an endpoint of an account needs the guard inScope");
	return next({ context: { asker: await signedIn(context) } });
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

/** Everything in the input that looks like one of our ids. */
function idsOf(input: unknown): string[] {
	const values = isObject(input) ? Object.values(input) : [];
	return values.filter((value): value is string => typeof value === "string" && /^[a-z]{3}_[0-9a-z]+$/.test(value));
}

/** The library knows an endpoint's meta only as a record; every contract is made with `base`, which types it. */
function metaOf(procedure: { "~orpc": { meta: object } }): EndpointMeta {
	return procedure["~orpc"].meta as EndpointMeta;
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}
