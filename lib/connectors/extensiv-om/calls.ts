import { ConnectorError } from "../kit/fault";
import type { Context, ErrorAnswer } from "../kit/types";
import type { OmSettings } from "./settings";

export type OmContext = Context<OmSettings>;

const dayMs = 86_400_000;

/** A 429 says how long to wait, in milliseconds and under a name of its own. The rest is as everywhere. */
export function refusal(context: OmContext): (answer: ErrorAnswer) => ConnectorError | undefined {
	return ({ status, headers, exchangeId }) => {
		const waitMs = Number(headers.get("x-skubana-quota-retryAfter") ?? Number.NaN);
		if (status !== 429 || !Number.isFinite(waitMs)) return undefined;
		const retryAt = new Date(context.now().getTime() + Math.min(Math.max(waitMs, 1), dayMs));
		const message = "Extensiv Order Manager asked us to slow down. We go on by ourselves.";
		return new ConnectorError({ kind: "rate-limited", retryAt }, message, { exchangeId });
	};
}

/** As Order Manager writes times: UTC, whole seconds. */
export function stamp(at: Date | number): string {
	return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

interface Kept {
	untilMs: number;
	value: Promise<unknown>;
}
const kept = new WeakMap<object, Map<string, Kept>>();

/** What hardly changes is asked once per piece of work, and again after a minute. A failure is not remembered. */
export function remember<T>(context: OmContext, what: string, load: () => Promise<T>): Promise<T> {
	const known = kept.get(context) ?? new Map<string, Kept>();
	kept.set(context, known);
	const nowMs = context.now().getTime();
	const found = known.get(what);
	// Each name is used with one loader only.
	if (found && found.untilMs > nowMs) return found.value as Promise<T>;
	const value = load();
	known.set(what, { untilMs: nowMs + 60_000, value });
	value.catch(() => known.delete(what));
	return value;
}

/** Waits, or fails as a call that was stopped does. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
	return new Promise((resolve, reject) => {
		const stop = () => {
			clearTimeout(timer);
			reject(new ConnectorError({ kind: "transient", sent: false }, "The upload was stopped. It is made later."));
		};
		const timer = setTimeout(() => {
			signal.removeEventListener("abort", stop);
			resolve();
		}, ms);
		if (signal.aborted) stop();
		else signal.addEventListener("abort", stop, { once: true });
	});
}
