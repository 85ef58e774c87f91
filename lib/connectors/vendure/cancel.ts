import type { CancelMessage } from "@/lib/canonical/cancellation";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Context, Creator, Written } from "../kit/types";
import { cancelAnswer, orderState } from "./api";
import { call } from "./calls";
import type { VendureSettings } from "./settings";

/** States in which Vendure would cancel goods that are on their way. */
const gone = ["PartiallyShipped", "Shipped", "PartiallyDelivered", "Delivered"];

/**
 * Cancels a whole order with its shipping; refunds stay with the shop's people. Vendure cancels shipped orders as
 * readily as open ones, so the state is asked first. An order that is canceled already counts as done.
 */
export const cancel: Creator<VendureSettings, CancelMessage> = {
	find: async (context, _key, value) => (await stateOf(context, value)).written,
	async create(context, { value }): Promise<Written> {
		const known = await stateOf(context, value);
		if (known.written) return known.written;
		if (known.state === "") throw refused("unknown-order", "the shop has no such order any more", known.exchangeId);
		if (gone.includes(known.state)) throw refused("shipped", "something of it has shipped there", known.exchangeId);
		const { data, exchangeId } = await call(context, {
			name: "cancelOrder",
			data: cancelAnswer,
			repeatable: false,
			variables: { input: { orderId: value.orderSourceId, cancelShipping: true, reason: value.reason } },
		});
		const { __typename, errorCode, message = "" } = data.cancelOrder;
		if (__typename === "Order") return { externalId: value.orderSourceId, existed: false, exchangeId };
		const code = errorCode ?? __typename;
		const said = message.startsWith("errorResult.") ? "" : message;
		throw refused(code, short(said || code.toLowerCase().replaceAll("_", " ")), exchangeId);
	},
};

/** The state of the order, empty when the shop does not know it; and what there is to say of one that is canceled. */
async function stateOf(context: Context<VendureSettings>, value: CancelMessage) {
	const { data, exchangeId } = await call(context, {
		name: "orderState",
		data: orderState,
		repeatable: true,
		variables: { id: value.orderSourceId },
	});
	const { code = "", state = "" } = data.order ?? {};
	const written: Written | null =
		state === "Cancelled"
			? { externalId: value.orderSourceId, externalNumber: code, existed: true, state: "canceled", exchangeId }
			: null;
	return { written, state, exchangeId };
}

function refused(code: string, reason: string, exchangeId: string): ConnectorError {
	const message = `Vendure did not cancel the order: ${reason}. Look at it there.`;
	return new ConnectorError({ kind: "permanent", code }, message, { exchangeId });
}
