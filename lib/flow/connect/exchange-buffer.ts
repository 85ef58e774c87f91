/** Gathers the exchanges of a run and writes them with the commit they led to: one statement for many. */
import { gzipSync } from "node:zlib";
import type { RecordedExchange, Recorder } from "@/lib/connectors/kit/record";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import type { FlowWork } from "../work";

export interface ExchangeBuffer extends Recorder {
	/** Hands over what was gathered since the last time. */
	take(): RecordedExchange[];
	write(tx: Transaction, work: FlowWork, exchanges: RecordedExchange[]): Promise<void>;
}

/** More than this is not kept between two commits: the newest say most about what is wrong now. */
const most = 2000;

export function exchangeBuffer(): ExchangeBuffer {
	let gathered: RecordedExchange[] = [];
	return {
		nextId: () => newId("xch"),
		record: (exchange) => {
			gathered.push(exchange);
			if (gathered.length > most) gathered.shift();
		},
		take: () => {
			const taken = gathered;
			gathered = [];
			return taken;
		},
		write: writeExchanges,
	};
}

const columns = {
	id: "text",
	at: "timestamptz",
	accountId: "text",
	merchantId: "text",
	connectionId: "text",
	runId: "text",
	method: "text",
	url: "text",
	status: "int",
	durationMs: "int",
	error: "text",
	content: "bytea",
	truncated: "boolean",
};

async function writeExchanges(tx: Transaction, work: FlowWork, exchanges: RecordedExchange[]): Promise<void> {
	await insertRows(
		tx,
		"Exchange",
		columns,
		exchanges.map((exchange) => ({
			id: exchange.id,
			at: exchange.at,
			accountId: work.scope.accountId,
			merchantId: work.scope.merchantId,
			connectionId: work.connection.id,
			runId: work.runId,
			method: exchange.method,
			url: exchange.url,
			status: exchange.status ?? null,
			durationMs: exchange.durationMs,
			error: exchange.error ?? null,
			content: `\\x${pack(exchange).toString("hex")}`,
			truncated: exchange.truncated,
		})),
	);
}

/** A small window and little memory: for texts this short zlib's usual state costs three times the compression. */
const packing = { level: 1, windowBits: 12, memLevel: 5 };

function pack({ requestHeaders, requestBody, answerHeaders, answerBody }: RecordedExchange): Buffer {
	return gzipSync(JSON.stringify({ requestHeaders, requestBody, answerHeaders, answerBody }), packing);
}
