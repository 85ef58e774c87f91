/** One request and its answer as it is kept: masked already. Bodies are cut at `maxBody`. */
export interface RecordedExchange {
	id: string;
	at: Date;
	durationMs: number;
	method: string;
	url: string;
	requestHeaders: Record<string, string>;
	requestBody: string;
	/** Absent when no answer came. */
	status?: number;
	answerHeaders: Record<string, string>;
	answerBody: string;
	error?: string;
	truncated: boolean;
}

/** Takes exchanges as they happen. `nextId` names one before it is sent, so that errors can point to it. */
export interface Recorder {
	nextId(): string;
	record(exchange: RecordedExchange): void;
}

/** Longest body that is kept, in characters. */
export const maxBody = 32_768;

export function memoryRecorder(): Recorder & { exchanges: RecordedExchange[] } {
	const exchanges: RecordedExchange[] = [];
	let count = 0;
	return { exchanges, nextId: () => `xch_${++count}`, record: (exchange) => void exchanges.push(exchange) };
}
