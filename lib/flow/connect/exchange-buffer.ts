/**
 * Gathers the exchanges of a run and writes them with the commit they led to: one statement for many. What was said
 * is packed together, since exchanges of one commit resemble each other: a fifth of the bytes and of the work.
 */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { RecordedExchange, Recorder } from "@/lib/connectors/kit/record";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import type { FlowWork } from "../work";

export interface ExchangeBuffer extends Recorder {
	/** Hands over what was gathered since the last time. */
	take(): Taken;
	write(tx: Transaction, work: FlowWork, taken: Taken): Promise<void>;
}

/** Exchanges in the order of their moments, and their packs, which are made meanwhile on another thread. */
interface Taken {
	exchanges: RecordedExchange[];
	packs: Promise<Pack[]>;
}
interface Pack {
	exchanges: RecordedExchange[];
	content: Buffer;
}

/** More than this is not kept between two commits: the newest say most about what is wrong now. */
const most = 2000;
/** Characters after which the next pack begins: to read one exchange, all of its pack is unpacked. */
const packLength = 256 * 1024;

export function exchangeBuffer(): ExchangeBuffer {
	let gathered: RecordedExchange[] = [];
	return {
		nextId: () => newId("xch"),
		record: (exchange) => {
			gathered.push(exchange);
			if (gathered.length > most) gathered.shift();
		},
		take: () => {
			const exchanges = gathered.sort((a, b) => a.at.getTime() - b.at.getTime());
			gathered = [];
			const packs = Promise.all(packsOf(exchanges));
			// Seen where it is awaited; a commit that fails before that awaits nothing.
			packs.catch(() => {});
			return { exchanges, packs };
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
	packId: "text",
	place: "int",
	content: "bytea",
	truncated: "boolean",
};

async function writeExchanges(tx: Transaction, work: FlowWork, taken: Taken): Promise<void> {
	if (taken.exchanges.length === 0) return;
	const { accountId, merchantId } = work.scope;
	const packs = await taken.packs;
	await insertRows(
		tx,
		"Exchange",
		columns,
		packs.flatMap(({ exchanges, content }) => {
			// The newest holds the pack: rows go by their day, and the oldest of a pack may go a day before it.
			const holder = exchanges.at(-1);
			return exchanges.map((exchange, place) => ({
				id: exchange.id,
				at: exchange.at,
				accountId,
				merchantId,
				connectionId: work.connection.id,
				runId: work.runId,
				method: exchange.method,
				url: exchange.url,
				status: exchange.status ?? null,
				durationMs: exchange.durationMs,
				error: exchange.error ?? null,
				packId: holder?.id ?? exchange.id,
				place,
				content: exchange === holder ? `\\x${content.toString("hex")}` : null,
				truncated: exchange.truncated,
			}));
		}),
	);
}

const zip = promisify(gzip);

function packsOf(exchanges: RecordedExchange[]): Promise<Pack>[] {
	const packs: RecordedExchange[][] = [];
	let length = packLength;
	for (const exchange of exchanges) {
		if (length >= packLength) {
			packs.push([]);
			length = 0;
		}
		packs.at(-1)?.push(exchange);
		length += exchange.requestBody.length + exchange.answerBody.length;
	}
	return packs.map(async (pack) => ({ exchanges: pack, content: await packed(pack) }));
}

/** Speed before size: these are many, and seldom read. */
function packed(exchanges: RecordedExchange[]): Promise<Buffer> {
	const said = exchanges.map(({ requestHeaders, requestBody, answerHeaders, answerBody }) => ({
		requestHeaders,
		requestBody,
		answerHeaders,
		answerBody,
	}));
	return zip(JSON.stringify(said), { level: 1 });
}
