/** The paths of the CartRover API below /v1, and what answers each. Facts: the API's public pages and clients. */
import { allConnectors } from "@/lib/connectors";
import { type ListStatus, listStatuses, timeOf } from "@/lib/connectors/extensiv-im/words";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { askWarehouse, cancelHere, confirmTaken } from "./change-orders";
import { findOrder, listOrders } from "./find-orders";
import { createBatch, createOrder } from "./new-orders";
import { listInventory, readProduct, readStock } from "./stock";
import { tellOrder, tellStatus } from "./tell-order";
import { postInventory, updateOrder } from "./warehouse";
import { type CartRoverCall, type MerchantScope, merchantScope, must, refused } from "./who";

interface Answered {
	response: unknown;
	/** Of lists: how many there are in all. */
	total?: number;
}
interface Asked {
	scope: MerchantScope;
	call: CartRoverCall;
	/** What stands in the path for `*`. */
	name: string;
}
type Handler = (asked: Asked) => Promise<unknown>;

const list: Handler = async ({ scope, call: { query }, name }) => {
	must(scope, "orders:read");
	if (!(listStatuses as readonly string[]).includes(name))
		throw refused(`status: must be one of ${listStatuses.join(", ")}.`);
	const { rows, total } = await listOrders(scope, {
		status: name as ListStatus,
		from: dateIn(query, "from_date"),
		to: dateIn(query, "to_date", true),
		source: query.get("order_source") ?? "",
		...pageIn(query, 100),
	});
	return { response: rows.map(tellOrder), total };
};
const get: Handler = async ({ scope, name }) => {
	must(scope, "orders:read");
	return { response: tellOrder(await findOrder(scope, name)) };
};
const status: Handler = async ({ scope, name }) => {
	must(scope, "orders:read");
	return { response: tellStatus(await findOrder(scope, name)) };
};
const plain =
	(work: Handler): Handler =>
	async (asked) => ({ response: await work(asked) });

/** By method and path, the more particular first. */
const routes: [path: string, handler: Handler][] = [
	["POST cart/orders/cartrover", plain(({ scope, call }) => createOrder(scope, call.body))],
	["POST cart/orders/batch", plain(({ scope, call }) => createBatch(scope, call.body))],
	["POST cart/orders/cancel/cartrover", plain(({ scope, call }) => cancelHere(scope, call.body))],
	["POST cart/orders/cancel", plain(({ scope, call }) => cancelHere(scope, call.body))],
	["POST cart/orders/update/*", plain(({ scope, name, call }) => confirmTaken(scope, name, call.body))],
	["GET cart/orders/wms_cancel/*", plain(({ scope, name }) => askWarehouse(scope, name))],
	["GET cart/orders/list/*", list],
	["GET merchant/orders/list/*", list],
	["GET cart/orders/status/*", status],
	["GET merchant/orders/status/*", status],
	["GET cart/orders/*", get],
	["GET merchant/orders/*", get],
	["POST wms/orders/update/*", plain(({ scope, name, call }) => updateOrder(scope, name, call.body))],
	["POST wms/inventory", plain(({ scope, call }) => postInventory(scope, call.body))],
	["GET merchant/inventory/*", plain(({ scope, name }) => readStock(scope, name))],
	[
		"GET merchant/inventory",
		async ({ scope, call }) => {
			const { rows, total } = await listInventory(scope, pageIn(call.query, 250));
			return { response: rows, total };
		},
	],
	["GET merchant/product/*", plain(({ scope, name }) => readProduct(scope, name))],
	["GET cart/list", plain(({ scope }) => listCarts(scope))],
	[
		"GET cart/listall",
		plain(async () => allConnectors().flatMap(({ key, name, source }) => (source ? [{ cart: key, name }] : []))),
	],
];

/** Throws AppError; its sentence is the message that the program is told. */
export async function answerCartRover(scope: Scope, call: CartRoverCall): Promise<Answered> {
	if (call.method === "GET" && call.path.join("/") === "wms/merchant/list")
		return { response: await listMerchants(scope) };
	for (const [path, handler] of routes) {
		const name = matched(path, call);
		if (name === null) continue;
		return (await handler({ scope: await merchantScope(scope, call), call, name })) as Answered;
	}
	throw refused(`Invalid endpoint: ${call.method} does not lead anywhere there. See the list of paths in our guide.`);
}

function matched(route: string, { method, path }: CartRoverCall): string | null {
	const [wanted, pattern = ""] = route.split(" ");
	const parts = pattern.split("/");
	if (wanted !== method || parts.length !== path.length) return null;
	if (!parts.every((part, n) => part === "*" || part === path[n])) return null;
	const at = parts.indexOf("*");
	const name = at < 0 ? "" : (path[at] ?? "").trim();
	return at >= 0 && name === "" ? null : name;
}

function pageIn(query: URLSearchParams, most: number): { limit: number; page: number } {
	const limit = numberIn(query, "limit", 20);
	const page = numberIn(query, "page", 1);
	return { limit: Math.min(limit, most), page };
}

function numberIn(query: URLSearchParams, name: string, otherwise: number): number {
	const text = query.get(name) ?? "";
	if (text === "") return otherwise;
	if (!/^[1-9]\d{0,6}$/.test(text)) throw refused(`${name}: must be a whole number above 0.`);
	return Number(text);
}

/** A day without a time is meant whole: as an upper bound it ends at midnight. */
function dateIn(query: URLSearchParams, name: string, isEnd = false): Date | null {
	// A plus sign that was not escaped arrives as a space.
	const text = (query.get(name) ?? "").trim().replace(/ (\d\d:?\d\d)$/, "+$1");
	if (text === "") return null;
	const at = timeOf(text);
	if (!at) throw refused(`${name}: must be a time such as 2026-08-29T10:05:00+00:00.`);
	return isEnd && text.length === 10 ? new Date(at.getTime() + 86_399_000) : at;
}

async function listCarts(scope: MerchantScope) {
	must(scope, "connections:read");
	const rows = await transact(scope, (tx) =>
		tx.sql<{ id: string; name: string; connectorKey: string }>(
			`select "id", "name", "connectorKey" from "Connection" where "accountId" = $1 and "merchantId" = $2 and "side" = 'source'
			   and "archivedAt" is null and ($3::text is null or "id" = $3) order by "name"`,
			[scope.accountId, scope.merchantId, scope.connectionId ?? null],
		),
	);
	return rows.map(({ id, name, connectorKey }) => ({ cart_pk: id, cart: connectorKey, order_source: name }));
}

/** For a warehouse key: whom it may name in X-Merchant-Pk. */
async function listMerchants(scope: Scope) {
	must(scope, "merchants:read");
	const rows = await transact(scope, (tx) =>
		tx.sql<{ id: string; name: string }>(
			`select "id", "name" from "Merchant" where "accountId" = $1 and "archivedAt" is null and ($2::text is null or "id" = $2)
			 order by "name" limit 1000`,
			[scope.accountId, scope.merchantId ?? null],
		),
	);
	return rows.map(({ id, name }) => ({ merchant_pk: id, name }));
}
