import { retryAfter } from "../run/retry";
import type { WriteResult } from "./send-writes";

/** What one result means for the row behind it: a delivery or a confirmation. */
export interface Judged {
	id: string;
	state: "intended" | "accepted" | "refused" | "unknown" | "canceled";
	/** When to try again; null means not by itself. */
	nextTryAt: Date | null;
	externalId: string | null;
	externalNumber: string | null;
	existed: boolean;
	problem: string | null;
	problemCode:
		| "partner-refused"
		| "gave-up"
		| "needs-reconnect"
		| "throttled"
		| "partner-unreachable"
		| "delivery-unknown"
		| null;
	/** Whether this was a try that the far side could have seen. */
	tried: boolean;
	attempt: {
		outcome: "accepted" | "existed" | "refused" | "failed" | "unknown";
		faultKind: string | null;
		exchangeId: string | null;
	} | null;
}

interface Subject {
	attempt: number;
	/** The last try's outcome was unknown: a failed look leaves it so. */
	look: boolean;
	firstTriedAt: Date;
}

/** Applies the retry table to a result. Pure but for the jitter of the table. */
export function judge(result: WriteResult, subject: Subject, now: Date): Judged {
	const base = {
		id: result.id,
		externalId: null,
		externalNumber: null,
		existed: false,
		problem: null,
		problemCode: null,
	};
	if (result.state === "accepted") {
		const { written } = result;
		return {
			...base,
			state: "accepted",
			nextTryAt: null,
			externalId: written.externalId,
			externalNumber: written.externalNumber ?? null,
			existed: written.existed,
			tried: true,
			attempt: {
				outcome: written.existed ? "existed" : "accepted",
				faultKind: null,
				exchangeId: written.exchangeId ?? null,
			},
		};
	}
	if (result.state === "absent") return { ...base, state: "canceled", nextTryAt: null, tried: true, attempt: null };
	const before = subject.look ? "unknown" : "intended";
	if (result.state === "postponed") return { ...base, state: before, nextTryAt: now, tried: false, attempt: null };
	const { fault, message } = result;
	const attempt = { faultKind: fault.kind, exchangeId: result.exchangeId ?? null };
	const retry = retryAfter(fault, { now, attempts: subject.attempt, firstTriedAt: subject.firstTriedAt });
	const lost = fault.kind === "transient" && fault.sent && !result.looked;
	const state = lost ? "unknown" : result.looked ? "unknown" : "intended";
	switch (retry.kind) {
		case "later": {
			const code =
				fault.kind === "rate-limited" ? "throttled" : state === "unknown" ? "delivery-unknown" : "partner-unreachable";
			return {
				...base,
				state,
				nextTryAt: retry.at,
				problem: message,
				problemCode: code,
				tried: retry.counts,
				attempt: { ...attempt, outcome: state === "unknown" ? "unknown" : "failed" },
			};
		}
		case "reconnect":
			return {
				...base,
				state: before,
				nextTryAt: now,
				problem: message,
				problemCode: "needs-reconnect",
				tried: false,
				attempt: { ...attempt, outcome: "failed" },
			};
		case "never":
			return {
				...base,
				// What may have arrived stays unknown: a person decides, and a resend looks first.
				state: state === "unknown" ? "unknown" : "refused",
				nextTryAt: null,
				problem: message,
				problemCode: retry.because === "gave-up" ? "gave-up" : "partner-refused",
				tried: true,
				attempt: { ...attempt, outcome: "refused" },
			};
	}
}
