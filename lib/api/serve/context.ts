import { type Asker, askerOf } from "@/lib/auth/asker";
import { newId } from "@/lib/db/ids";

/** What every endpoint starts from: one request, one id, and at most one look-up of who asks. */
export interface RequestContext {
	requestId: string;
	person(): Promise<Asker | null>;
}

export function requestContext(headers: Headers, requestId: string = newId("req")): RequestContext {
	let asked: Promise<Asker | null> | undefined;
	return {
		requestId,
		person: () => {
			asked ??= askerOf(headers);
			return asked;
		},
	};
}
