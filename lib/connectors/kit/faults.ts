/** The one table from answers and network failures to faults. A connector lists only its exceptions. */
import { ConnectorError, type Fault } from "./fault";
import type { AnswerHeaders } from "./types";

export interface Call {
	system: string;
	/** Repeating the call changes nothing, so it does not matter whether it was carried out. */
	repeatable: boolean;
	exchangeId: string;
	now: Date;
}

export function faultOfStatus(
	call: Call & { status: number; headers: AnswerHeaders; hadToken: boolean; detail: string },
): ConnectorError {
	const { system, status, exchangeId } = call;
	const options = { exchangeId };
	if (status === 401) {
		const reason = call.hadToken ? "expired" : "invalid";
		return new ConnectorError(
			{ kind: "auth", reason },
			`${system} does not accept the access details. Enter them again.`,
			options,
		);
	}
	if (status === 403) {
		return new ConnectorError(
			{ kind: "auth", reason: "forbidden" },
			`${system} does not allow this. Give the access details the missing right.`,
			options,
		);
	}
	if (status === 429) {
		const retryAt = retryAtOf(call.headers, call.now);
		return new ConnectorError(
			{ kind: "rate-limited", retryAt },
			`${system} asked us to slow down. We go on by ourselves.`,
			options,
		);
	}
	if (status === 408 || status >= 500) {
		// It may have failed after the write was made; only a repeatable call need not care.
		return new ConnectorError(
			{ kind: "transient", sent: !call.repeatable },
			`${system} failed with status ${status}. We try again by ourselves.`,
			options,
		);
	}
	const detail = short(call.detail);
	return new ConnectorError(
		{ kind: "permanent", code: `http-${status}` },
		`${system} refused the request${detail ? `: ${detail}` : ` with status ${status}`}. Correct it and resend.`,
		options,
	);
}

/** Names of network failures after which the request cannot have reached the system. */
const unsent = new Set([
	"ECONNREFUSED",
	"ENOTFOUND",
	"EAI_AGAIN",
	"EHOSTUNREACH",
	"ENETUNREACH",
	"UND_ERR_CONNECT_TIMEOUT",
	"EPROTO",
]);

export function faultOfFailure(call: Call & { error: unknown; aborted: boolean }): ConnectorError {
	if (call.error instanceof ConnectorError) return call.error;
	if (call.error instanceof Error && call.error.cause instanceof ConnectorError) return call.error.cause;
	if (call.aborted)
		return new ConnectorError(
			{ kind: "transient", sent: !call.repeatable },
			`The call to ${call.system} was stopped. It is made later.`,
			{ exchangeId: call.exchangeId, cause: call.error },
		);
	const code = codeOf(call.error);
	const sent = !call.repeatable && !unsent.has(code) && !code.startsWith("ERR_TLS") && !code.includes("CERT");
	const what = unsent.has(code)
		? "cannot be reached. Check its address"
		: code.includes("TIMEOUT")
			? "did not answer in time"
			: "broke the connection";
	const fault: Fault = { kind: "transient", sent };
	return new ConnectorError(fault, `${call.system} ${what}. We try again by ourselves.`, {
		exchangeId: call.exchangeId,
		cause: call.error,
	});
}

function codeOf(error: unknown): string {
	if (!(error instanceof Error)) return "";
	if ("code" in error && typeof error.code === "string") return error.code;
	return codeOf(error.cause);
}

/** Retry-After as seconds or as a date, at least one second and at most one day ahead; a minute when absent. */
export function retryAtOf(headers: AnswerHeaders, now: Date): Date {
	const value = headers.get("retry-after")?.trim() ?? "";
	const seconds = /^\d+(\.\d+)?$/.test(value) ? Number(value) : (dateOf(value) - now.getTime()) / 1000;
	const wait = Number.isFinite(seconds) ? Math.min(Math.max(seconds, 1), 86_400) : 60;
	return new Date(now.getTime() + wait * 1000);
}

/** Only what looks like a date: the platform reads "-5" as one too. */
function dateOf(value: string): number {
	return /^([A-Za-z]{3}|\d{4}-)/.test(value) ? Date.parse(value) : Number.NaN;
}

/** At most `most` characters of somebody else's text, on one line, without markup or a trace of their code. */
export function short(text: string, most = 80): string {
	const line = text
		.slice(0, 4096)
		.replace(/\n\s+at .*/gs, "")
		.replace(/<[^>]*>/g, " ")
		.replace(/[<>{}]/g, " ")
		.replace(/\s+/g, " ")
		.trim();
	return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}
