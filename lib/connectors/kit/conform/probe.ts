import type { Context, Fields } from "../types";
import { type Bench, readersOf } from "./bench";

/** The plainest reading call the connector has: the first page of something, or a list. */
export async function probe(bench: Bench, context: Context<Fields>): Promise<void> {
	const { connector } = bench;
	const lists = [connector.destination?.locations, connector.source?.locations, connector.destination?.shipMethods];
	const list = lists.find((one) => one !== undefined);
	if (list) return void (await list.list(context));
	const [first] = readersOf(connector);
	if (!first) throw new Error("the connector reads nothing, so nothing can be tried");
	for await (const _page of first.reader.read(context, { cursor: null })) return;
}
