/** What a REST order source can be asked and told. */
import type { InventoryFigure } from "@/lib/canonical/inventory";
import type { Order } from "@/lib/canonical/order";
import type { ConfirmationMessage } from "@/lib/canonical/shipment";
import { ConnectorError } from "../fault";
import type { Context, Fields, Outcome, Read, Source, Write, Written } from "../types";
import { get, isRefusal, pathOf, send } from "./calls";
import type { ConfirmPlan, PlanOf, RestPlan, StockPlan } from "./plan";
import { cancelKind, keptKind, orderKind, outcomeKind, productKind, readRecord, toRead } from "./read-record";
import { changeReader, wholeReader } from "./readers";
import { isEmpty, runMap, valueAt } from "./run-map";
import { writing } from "./values";

export function restSource<S extends Fields>(planOf: PlanOf<S>) {
	return {
		orders: {
			...changeReader<S, Order>({ planOf, list: "orders", kind: () => orderKind }),
			get: (context: Context<S>, sourceId: string) => oneOrder(context, planOf(context.settings), sourceId),
		},
		cancellations: changeReader({ planOf, list: "cancellations", kind: () => cancelKind }),
		products: wholeReader({ planOf, list: "products", kind: () => productKind }),
		confirm: restConfirm(planOf),
		inventory: restStock(planOf),
	} satisfies Source<S>;
}

async function oneOrder<S extends Fields>(
	context: Context<S>,
	plan: RestPlan,
	id: string,
): Promise<Read<Order> | null> {
	const { getOrder, lists } = plan;
	if (!getOrder || !lists.orders) throw noPath("one order");
	try {
		const { data } = await get(context, plan, pathOf(getOrder.path, { id }));
		const found = valueAt(data, getOrder.recordAt);
		// Some answer a search: a list of one.
		const raw = Array.isArray(found) ? found[0] : found;
		return isEmpty(raw) ? null : toRead(readRecord(orderKind, lists.orders.rules, raw, plan.zone), raw, context.now());
	} catch (error) {
		if (error instanceof ConnectorError && error.fault.kind === "permanent" && error.fault.code === "http-404")
			return null;
		throw error;
	}
}

function noPath(what: string): ConnectorError {
	const message = `No path for ${what} is set. Enter one in the settings, or switch this function off.`;
	return new ConnectorError({ kind: "permanent", code: "no-path" }, message);
}

function restConfirm<S extends Fields>(planOf: PlanOf<S>): NonNullable<Source<S>["confirm"]> {
	const find = async (context: Context<S>, key: string, value: ConfirmationMessage) =>
		findKept(context, planOf(context.settings), key, value);
	return {
		takes: "one-per-package",
		lines: true,
		find,
		async create(context, { key, value }): Promise<Written> {
			const plan = planOf(context.settings);
			const { path, rules, recordAt, refusesDoubles, find: where } = confirming(plan);
			const known = refusesDoubles ? null : await find(context, key, value);
			if (known) return known;
			const said = { ...value, key, trackingNumber: value.trackingNumbers[0] ?? "" };
			const body = runMap(rules, said, writing(plan.zone));
			try {
				const { data, exchangeId } = await send(context, plan, {
					method: "POST",
					path: pathOf(path, namesOf(value)),
					body,
				});
				const made = readRecord(keptKind, where.rules, valueAt(data, recordAt), plan.zone);
				return { externalId: made.ok ? made.id : key, existed: false, exchangeId };
			} catch (error) {
				const found = isRefusal(error, [400, 409, 422]) ? await find(context, key, value) : null;
				if (found) return found;
				throw error;
			}
		},
	};
}

const namesOf = ({ orderSourceId }: ConfirmationMessage) => ({ orderId: orderSourceId });

function confirming({ confirm }: RestPlan): ConfirmPlan {
	if (!confirm) throw noPath("shipment confirmations");
	return confirm;
}

async function findKept<S extends Fields>(
	context: Context<S>,
	plan: RestPlan,
	key: string,
	value: ConfirmationMessage,
): Promise<Written | null> {
	const { find } = confirming(plan);
	if (find.path === "") return null;
	const { data, exchangeId } = await get(context, plan, pathOf(find.path, { ...namesOf(value), key }));
	const listed = valueAt(data, find.at);
	for (const raw of Array.isArray(listed) ? listed : [listed]) {
		const read = readRecord(keptKind, find.rules, raw, plan.zone);
		if (read.ok && read.value.key === key) return { externalId: read.value.id, existed: true, exchangeId };
	}
	return null;
}

function restStock<S extends Fields>(planOf: PlanOf<S>): NonNullable<Source<S>["inventory"]> {
	return {
		maxBatch: 100,
		blocked: (settings) => (planOf(settings).stock ? null : "the settings name no path for stock"),
		async set(context, writes): Promise<Outcome[]> {
			const plan = planOf(context.settings);
			if (!plan.stock) throw noPath("stock");
			if (writes.length === 0) return [];
			return plan.stock.together
				? together(context, plan, plan.stock, writes)
				: each(context, plan, plan.stock, writes);
		},
	};
}

type Writes = Write<InventoryFigure>[];

/** Absolute figures: writing one twice changes nothing, so a lost answer is simply written again. */
async function together<S extends Fields>(context: Context<S>, plan: RestPlan, stock: StockPlan, writes: Writes) {
	const { path, method, rules, outcomes } = stock;
	const body = runMap(rules, { figures: writes.map(({ value }) => value) }, writing(plan.zone));
	const { data, exchangeId } = await send(context, plan, { method, path, body, repeatable: true });
	if (!outcomes) return writes.map(({ key }): Outcome => ({ key, ok: true, exchangeId }));
	const listed = valueAt(data, outcomes.at);
	const bySku = new Map(
		(Array.isArray(listed) ? listed : []).flatMap((raw) => {
			const read = readRecord(outcomeKind, outcomes.rules, raw, plan.zone);
			return read.ok ? [[read.value.sku, read.value] as const] : [];
		}),
	);
	return writes.map(({ key, value }): Outcome => {
		const said = bySku.get(value.sku);
		if (said?.ok) return { key, ok: true, exchangeId };
		return { key, ok: "skipped", reason: said?.reason || "the cart said nothing about this SKU" };
	});
}

async function each<S extends Fields>(context: Context<S>, plan: RestPlan, stock: StockPlan, writes: Writes) {
	return Promise.all(
		writes.map(async ({ key, value }): Promise<Outcome> => {
			const path = pathOf(stock.path, { sku: value.sku, location: value.location ?? "" });
			const body = runMap(stock.rules, value, writing(plan.zone));
			try {
				const { exchangeId } = await send(context, plan, { method: stock.method, path, body, repeatable: true });
				return { key, ok: true, exchangeId };
			} catch (error) {
				if (!(error instanceof ConnectorError)) throw error;
				const isUnknown = error.fault.kind === "permanent" && error.fault.code === "http-404";
				return isUnknown ? { key, ok: "skipped", reason: "the cart knows no such SKU" } : { key, ok: false, error };
			}
		}),
	);
}

/** What the settings name no path for. */
export function lackingIn({ lists, confirm, stock }: RestPlan): ("cancellations" | "confirm" | "inventory")[] {
	return [
		...(lists.cancellations ? [] : ["cancellations" as const]),
		...(confirm ? [] : ["confirm" as const]),
		...(stock ? [] : ["inventory" as const]),
	];
}
