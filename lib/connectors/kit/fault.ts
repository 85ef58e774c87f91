/** What went wrong, in the only four ways the flow knows how to react to. */
export type Fault =
	| { kind: "auth"; reason: "invalid" | "expired" | "revoked" | "forbidden" }
	| { kind: "rate-limited"; retryAt: Date }
	/** `sent`: the request may have been carried out, so look before sending again. */
	| { kind: "transient"; sent: boolean }
	| { kind: "permanent"; code: string; field?: string };

/**
 * The only error a connector may throw. The message is for people: it says what happened and what to do,
 * under 160 characters, without markup. `exchangeId` leads to the recorded request.
 */
export class ConnectorError extends Error {
	readonly fault: Fault;
	readonly exchangeId: string | undefined;

	constructor(fault: Fault, message: string, options: { cause?: unknown; exchangeId?: string | undefined } = {}) {
		super(message, { cause: options.cause });
		this.name = "ConnectorError";
		this.fault = fault;
		this.exchangeId = options.exchangeId;
	}
}
