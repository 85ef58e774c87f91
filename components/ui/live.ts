import { ApiProblem } from "@/lib/api/client";

/** The API understood what was asked and said no: asked again, it says the same. */
export function isRefusal(error: unknown): boolean {
	if (!(error instanceof ApiProblem)) return false;
	const status = Number(error.problem.status);
	return status >= 400 && status < 500 && status !== 429;
}

/**
 * How often a page asks for its thing. What was refused at first is not asked again: the page would flicker between
 * the refusal and its skeleton, and each time would be noted in the audit log as one more attempt.
 */
export function live(everyMs: number) {
	return ({ state }: { state: { data: unknown; error: unknown } }): number | false =>
		state.data === undefined && isRefusal(state.error) ? false : everyMs;
}
