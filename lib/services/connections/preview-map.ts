import type { z } from "zod";
import type { mapPreview } from "@/lib/api/contract/map-preview";
import { destinationOptions } from "@/lib/canonical/connection-options";
import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import type { Connector } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { prepareOrder } from "@/lib/flow/prepare/prepare-order";
import { askSystem } from "./ask-system";
import { checkOptions, type Side } from "./option-fields";
import { orderToTry } from "./order-to-try";
import { type Given, gatherSettings, mustBeUsable, type Values } from "./settings";

type MapPreview = z.output<typeof mapPreview>;
type Asked = Given & { side: Side; number?: string | undefined; options: Values };

/**
 * Tries settings on a real order: what would be sent of it, or what is read of it. Nothing is stored or changed anywhere.
 * Throws `bad-input` for settings that cannot be used, `conflict` without an order to try them on, and `partner-refused`.
 */
export async function previewMap(scope: Scope, asked: Asked): Promise<MapPreview> {
	if (!scope.may.has("orders:read")) throw new AppError("forbidden");
	const gathered = await gatherSettings(scope, asked);
	mustBeUsable(gathered);
	const { connector, settings } = gathered;
	const { read, send } = connector.preview ?? {};
	if (asked.side === "source" && read)
		return { side: "source", ...(await askSystem(connector, settings, (context) => read(context))) };
	if (asked.side === "source" || !send)
		throw new AppError("conflict", { problem: `${connector.name} has no fields to map.` });
	const order = await orderToSend(scope, asked, connector);
	const request = await askSystem(connector, settings, async (context) => send(context, order));
	return { side: "destination", number: order.number, ...request };
}

/** The order of that number, or the newest, as it would be sent with these options. */
async function orderToSend(scope: Scope, asked: Asked, connector: Connector): Promise<DeliverableOrder> {
	const destination = destinationOptions.parse(checkOptions("destination", asked.options, connector));
	const { number, draft } = await orderToTry(scope, { ...asked, connector, destination });
	const prepared = prepareOrder(draft);
	if (prepared.ok) return prepared.value;
	throw new AppError("conflict", { problem: `order ${number} cannot be sent yet: ${prepared.problem}` });
}
