import { type Asker, askerOf, waitingOf } from "@/lib/auth/asker";
import { keyScopeOf, type OpenLink, shareLinkOf } from "@/lib/auth/authorization";
import { networkOf } from "@/lib/auth/limits";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";

/** What every endpoint starts from: one request, one id, and at most one look-up of each way in. */
export interface RequestContext {
	requestId: string;
	/** The whole address it came from, or its network; for limits only. */
	network: string;
	person(): Promise<Asker | null>;
	/** The person of a session that still waits for the second factor. */
	waiting(): Promise<Asker | null>;
	/** What the API key of the request may touch. */
	key(): Promise<Scope | null>;
	shareLink(): Promise<OpenLink | null>;
}

export function requestContext(headers: Headers, requestId: string = newId("req")): RequestContext {
	return {
		requestId,
		network: networkOf(headers),
		waiting: once(() => waitingOf(headers)),
		person: once(() => askerOf(headers)),
		key: once(() => keyScopeOf(headers, requestId)),
		shareLink: once(() => shareLinkOf(headers, requestId)),
	};
}

function once<T>(work: () => Promise<T>): () => Promise<T> {
	let asked: Promise<T> | undefined;
	return () => {
		asked ??= work();
		return asked;
	};
}
