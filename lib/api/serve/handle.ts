/** The API's edge: one request in, one answer out, with its id, its limits and its refusals in one form. */
import { SmartCoercionPlugin } from "@orpc/json-schema";
import { OpenAPIHandler } from "@orpc/openapi/fetch";
import { ORPCError } from "@orpc/server";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { router } from "@/lib/api/router/router";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors/app-error";
import { type RequestContext, requestContext } from "./context";
import { openApiDocument } from "./openapi";
import { problemOf, problemResponse } from "./problems";
import { isSameOrigin, mustBeReadableAddress, readableRequest } from "./request-rules";

const apiPrefix = "/api/v1";

/** Answers any request below /api/v1. Never throws. */
export async function handleApi(request: Request): Promise<Response> {
	const requestId = newId("req");
	const occasion = { requestId, accountId: accountIdIn(request.url) };
	const response = await answer(request, requestId).catch((error) => problemResponse(problemOf(error, occasion)));
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
	const { matched, response } = await edge().handle(changes ? await readableRequest(request) : request, {
		prefix: apiPrefix,
		context: requestContext(request.headers, requestId),
	});
	if (!matched) throw new AppError("not-found", { thing: "address" });
	if (response.status < 400) return new Response(response.body, response);
	const headers = new Headers(response.headers);
	headers.set("content-type", "application/problem+json");
	return new Response(response.body, { status: response.status, headers });
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
