/** The edge for events that other systems post: small, few enough, signed, and answered within three seconds. */
import { hookScopeOf } from "@/lib/auth/hook-scope";
import { mustBeWithin, networkOf } from "@/lib/auth/limits";
import { newId } from "@/lib/db/ids";
import { AppError } from "@/lib/errors/app-error";
import { receiveHook } from "@/lib/services/hooks/receive-hook";
import { refusal } from "./problems";
import { readBody } from "./request-rules";

/** The largest event, in bytes. */
const mostBytes = 262_144;

/** Answers any request below /api/hooks/{connectionId}. Never throws, and never says whether a connection exists. */
export async function handleHook(request: Request, connectionId: string): Promise<Response> {
	const requestId = newId("req");
	const response = await answer(request, connectionId).catch((error) => refusal(hidden(error), { requestId }));
	response.headers.set("x-request-id", requestId);
	response.headers.set("cache-control", "no-store");
	return response;
}

async function answer(request: Request, connectionId: string): Promise<Response> {
	await mustBeWithin("hookNetwork", networkOf(request.headers));
	const body = await readBody(request, mostBytes);
	const scope = /^con_[0-9a-z]+$/.test(connectionId) ? await hookScopeOf(connectionId) : null;
	if (!scope) throw new AppError("not-found", { thing: "address for events" });
	await mustBeWithin("hook", connectionId);
	const received = await receiveHook(
		scope,
		connectionId,
		new Request(request.url, { method: "POST", headers: request.headers, body }),
	);
	return Response.json(received, { status: 202 });
}

/** What stands in the way of a connection is not a stranger's business. */
function hidden(error: unknown): unknown {
	return error instanceof AppError && error.code === "bad-input"
		? new AppError("not-found", { thing: "address for events" })
		: error;
}
