/** The API's edge: one request in, one answer out, with its id, its limits and its refusals in one form. */
import { SmartCoercionPlugin } from "@orpc/json-schema";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { ORPCError } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { router } from "@/lib/api/router/router";
import { mustBeWithin, networkOf } from "@/lib/auth/limits";
import { cookieOf, sessionCookieName } from "@/lib/auth/session-cookie";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { log, logging } from "@/lib/log";
import { startTracing, tracedRequest } from "@/lib/trace";
import { type RequestContext, requestContext } from "./context";
import { openApiDocument } from "./openapi";
import { problemOf, refusal } from "./problems";
import { isSameOrigin, mustBeReadableAddress, readableRequest } from "./request-rules";

const apiPrefix = "/api/v1";

/** Answers any request below /api/v1. Never throws. */
export async function handleApi(request: Request): Promise<Response> {
	await startTracing("crossdock-web").catch(() => {});
	const requestId = newId("req");
	const startedMs = performance.now();
	const attributes = { "http.request.method": request.method, "crossdock.request_id": requestId };
	return logging({ requestId }, () =>
		tracedRequest(request.headers, attributes, async (span) => {
			const response = await answered(request, requestId);
			span.setAttribute("http.response.status_code", response.status);
			const durationMs = Math.round(performance.now() - startedMs);
			log().debug({ method: request.method, status: response.status, durationMs }, "request");
			return response;
		}),
	);
}

async function answered(request: Request, requestId: string): Promise<Response> {
	const occasion = { requestId, accountId: accountIdIn(request.url) };
	const response = await answer(request, requestId).catch((error) => refusal(error, occasion));
	response.headers.set("x-request-id", requestId);
	response.headers.set("cache-control", "no-store");
	return response;
}

async function answer(request: Request, requestId: string): Promise<Response> {
	const { pathname } = new URL(request.url);
	if (request.method === "GET" && pathname === `${apiPrefix}/openapi.json`)
		return Response.json(await openApiDocument());
	mustBeReadableAddress(request.url);
	const changes = !["GET", "HEAD", "OPTIONS"].includes(request.method);
	if (changes && request.headers.has("cookie") && !isSameOrigin(request.headers)) throw new AppError("cross-site");
	const context = requestContext(request.headers, requestId);
	await countRequest(context, request.headers);
	const { matched, response } = await edge().handle(changes ? await readableRequest(request) : request, {
		prefix: apiPrefix,
		context,
	});
	if (!matched) throw new AppError("not-found", { thing: "address" });
	if (response.status < 400) return new Response(response.body, response);
	const headers = new Headers(response.headers);
	headers.set("content-type", "application/problem+json");
	return new Response(response.body, { status: response.status, headers });
}

/** A way in that works has a limit of its own; all others share that of their network. */
async function countRequest(context: RequestContext, headers: Headers): Promise<void> {
	const key = await context.key();
	if (key) return mustBeWithin("api", actorId(key));
	const link = await context.shareLink();
	if (link) return mustBeWithin("api", link.id);
	if (await context.person()) return mustBeWithin("api", cookieOf(headers, sessionCookieName()) ?? "");
	return mustBeWithin("stranger", networkOf(headers));
}

function actorId({ actor }: Scope): string {
	return actor.type === "job" ? actor.task : actor.id;
}

let made: OpenAPIHandler<RequestContext> | undefined;

function edge(): OpenAPIHandler<RequestContext> {
	made ??= new OpenAPIHandler(router, {
		plugins: [new SmartCoercionPlugin({ schemaConverters: [new ZodToJsonSchemaConverter()] })],
		customErrorResponseBodyEncoder: (error) => error.data,
		interceptors: [
			async ({ next, context, request }) => {
				try {
					return await next();
				} catch (error) {
					const problem = problemOf(error, {
						requestId: context.requestId,
						accountId: accountIdIn(request.url.href),
					});
					throw new ORPCError(problem.code, { status: problem.status, message: problem.detail, data: problem });
				}
			},
		],
	});
	return made;
}

function accountIdIn(url: string): string | undefined {
	return /\/accounts\/(acc_[0-9a-z]+)/.exec(url)?.[1];
}
