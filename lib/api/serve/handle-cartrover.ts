/**
 * The edge of the CartRover API: user and key, limits, and the envelope in which everything leaves. Success and
 * refusal alike are HTTP 200, as its clients expect; `success_code` tells which. Only our own failures are a 500.
 */
import { keyPairScopeOf } from "@/lib/auth/authorization";
import { countWithin, mustBeWithin, networkOf } from "@/lib/auth/limits";
import { noteRefusals } from "@/lib/auth/refusals";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { logging } from "@/lib/log";
import { answerCartRover } from "@/lib/services/cartrover/answer";
import { merchantHeader } from "@/lib/services/cartrover/who";
import { problemOf } from "./problems";
import { mustBeReadableAddress, readJson } from "./request-rules";

/** Answers any request below /v1. Never throws. */
export async function handleCartRover(request: Request): Promise<Response> {
	const requestId = newId("req");
	const headers = new Headers({ "cache-control": "no-store", "x-cartrover-process-id": requestId });
	return logging({ requestId }, async () => {
		try {
			const { response, total } = await answer(request, requestId, headers);
			if (total !== undefined) headers.set("total-records", String(total));
			return Response.json({ success_code: true, response }, { headers });
		} catch (error) {
			return refused(error, requestId, headers);
		}
	});
}

async function answer(request: Request, requestId: string, headers: Headers) {
	mustBeReadableAddress(request.url);
	const url = new URL(request.url);
	const scope = await keyPairScopeOf(request, requestId);
	if (!scope) {
		await mustBeWithin("stranger", networkOf(request.headers));
		throw new AppError("conflict", { problem: "The API user and key are not known here. Copy both again." });
	}
	const left = await countWithin("api", scope.actor.type === "job" ? scope.actor.task : scope.actor.id);
	headers.set("x-cartrover-api-minute-hits-remaining", String(left));
	const path = url.pathname.replace(/^\/v1\//, "").split("/");
	const call = {
		method: request.method,
		path: path.map(decodeURIComponent),
		query: url.searchParams,
		merchantId: request.headers.get(merchantHeader) ?? "",
		body: request.method === "POST" ? await readJson(request) : undefined,
	};
	return noting(scope, call, () => answerCartRover(scope, call));
}

/** A key that names somebody else's merchant leaves a trace. */
async function noting<T>(scope: Scope, call: { merchantId: string; path: string[] }, work: () => Promise<T>) {
	try {
		return await work();
	} catch (error) {
		if (error instanceof AppError && error.code === "not-found" && call.merchantId)
			await noteRefusals(scope, [call.merchantId], `cartrover.${call.path.slice(0, 3).join(".")}`);
		throw error;
	}
}

function refused(error: unknown, requestId: string, headers: Headers): Response {
	const problem = problemOf(error, { requestId });
	if (problem.code === "too-many-requests") {
		if (error instanceof AppError) headers.set("retry-after", String(error.facts.seconds ?? 60));
		return Response.json(
			{
				success_code: false,
				error_code: "RateLimit",
				message: "Over API Limit. Please slow down requests.",
				error_response: problem.detail,
			},
			{ headers },
		);
	}
	const isOurs = problem.status >= 500;
	const body = { success_code: false, error_code: isOurs ? "Failure" : "Invalid", message: problem.detail };
	return Response.json(body, { headers, status: isOurs ? 500 : 200 });
}
