/** New orders: one, or many of which each stands for itself. */
import { readOrder, refOf } from "@/lib/connectors/extensiv-im/map";
import { openDirect } from "@/lib/flow/direct";
import { type Received, receiveOrders } from "@/lib/flow/intake/receive-orders";
import { type MerchantScope, must, programOf, refused } from "./who";

/** The most orders in one call. */
const most = 100;
/** Of amounts whose order names no currency_code. */
const currency = "USD";

/** One order, or as the official client sends it a list with one. */
export async function createOrder(scope: MerchantScope, body: unknown) {
	const given = Array.isArray(body) ? body : [body];
	if (given.length !== 1) throw refused("Send one order, or several to /cart/orders/batch.");
	const [made] = await receive(scope, given);
	if (!made) throw refused("Order missing required field(s): cust_ref");
	if (made.outcome === "refused") throw refused(made.problem);
	if (made.outcome === "duplicate") throw refused("OrderDuplicate");
	return { cust_ref: made.sourceId, order_number: made.number };
}

export async function createBatch(scope: MerchantScope, body: unknown) {
	if (!Array.isArray(body)) throw refused("Send a list of orders.");
	if (body.length > most) throw refused(`Send at most ${most} orders at once.`);
	const answers = await receive(scope, body);
	const success: object[] = [];
	const failed: object[] = [];
	for (const [index, answer] of answers.entries()) {
		const named = { cust_ref: answer.sourceId === "?" ? null : answer.sourceId, cust_po_no: poOf(body[index]) };
		if (answer.outcome === "created") success.push(named);
		else {
			const message = answer.outcome === "duplicate" ? "OrderDuplicate" : answer.problem;
			failed.push({ ...named, index_pos: index, message });
		}
	}
	return { success, failed };
}

async function receive(scope: MerchantScope, bodies: unknown[]): Promise<Received[]> {
	must(scope, "orders:write");
	const work = await openDirect(scope, await programOf(scope, "source"), "orders/download");
	const read = { now: work.now(), currency };
	return receiveOrders(
		work,
		bodies.map((body) => {
			const missing = missingOf(body);
			if (missing.length === 0) return readOrder({ ...(body as object), order_status: "new" }, read);
			const problem = `Order missing required field(s): ${missing.join(", ")}`;
			return { ok: false, sourceId: refOf(body), field: missing[0] ?? "", problem, raw: body };
		}),
	);
}

/** What no order can be without, in the API's own words. */
function missingOf(body: unknown): string[] {
	const given = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
	const isEmpty = (value: unknown) =>
		value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
	return ["cust_ref", "ship_address_1", "ship_country", "items"].filter((name) => isEmpty(given[name]));
}

function poOf(body: unknown): string | null {
	return typeof body === "object" && body !== null && "cust_po_no" in body ? String(body.cust_po_no ?? "") : null;
}
