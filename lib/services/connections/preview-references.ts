import type { z } from "zod";
import type { referencePreview } from "@/lib/api/contract/reference-preview";
import { type DestinationOptions, destinationOptions } from "@/lib/canonical/connection-options";
import { purchaseOrderOf } from "@/lib/canonical/purchase-order";
import type { Connector } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { orderReferences } from "@/lib/flow/references/order-references";
import { purchaseReferences } from "@/lib/flow/references/purchase-references";
import { isCut, type Reference, stopOf } from "@/lib/flow/references/reference";
import { checkOptions } from "./option-fields";
import { nothingToTry, orderToTry } from "./order-to-try";
import { knownConnector, mustHaveMerchant, type Values } from "./settings";

type ReferencePreview = z.input<typeof referencePreview>;
interface Asked {
	merchantId: string;
	connectorKey: string;
	connectionId?: string | undefined;
	about: "order" | "purchase-order";
	number?: string | undefined;
	options: Values;
}

/** Lines of a long order say the same thing over and over. */
const mostShown = 60;

/**
 * What a warehouse would be told beside the goods of a real order or purchase order, with these options. Nothing is
 * stored or sent. Throws `bad-input` for options that cannot be used, and `conflict` without an order to try them on.
 */
export async function previewReferences(scope: Scope, asked: Asked): Promise<ReferencePreview> {
	if (!scope.may.has("orders:read")) throw new AppError("forbidden");
	const connector = knownConnector(asked.connectorKey);
	const options = destinationOptions.parse(checkOptions("destination", asked.options, connector));
	await transact(scope, (tx) => mustHaveMerchant(tx, scope, asked.merchantId));
	const { number, built } =
		asked.about === "order"
			? await ofOrder(scope, asked, { connector, options })
			: await ofPurchaseOrder(scope, asked, { connector, options });
	return {
		number,
		stop: stopOf(built, options),
		references: built.slice(0, mostShown).map((one) => shown(one, asked.about, options)),
		more: Math.max(0, built.length - mostShown),
	};
}

interface Given {
	connector: Connector;
	options: DestinationOptions;
}

async function ofOrder(scope: Scope, asked: Asked, { connector, options: destination }: Given) {
	const { number, draft } = await orderToTry(scope, { ...asked, connector, destination });
	return { number, built: orderReferences(draft) };
}

async function ofPurchaseOrder(scope: Scope, { merchantId, number }: Asked, { connector, options }: Given) {
	const takes = connector.destination?.purchaseOrders?.takes ?? {};
	const [row] = await transact(scope, (tx) =>
		tx.sql<{ number: string; document: unknown }>(
			`select "number", "document" from "PurchaseOrder"
			 where "accountId" = $1 and "merchantId" = $2 and ($3::text is null or "number" = $3) order by "id" desc limit 1`,
			[scope.accountId, merchantId, number || null],
		),
	);
	if (!row) throw nothingToTry("purchase order", number);
	const order = purchaseOrderOf(row.document);
	const ids = new Map(order.lines.map(({ sourceLineId }) => [sourceLineId, sourceLineId]));
	return { number: row.number, built: purchaseReferences(order, { ids, options, takes }) };
}

function shown(
	one: Reference,
	about: Asked["about"],
	{ suppressPersonalData, longReferences }: DestinationOptions,
): ReferencePreview["references"][number] {
	const { label, line, text, told, most } = one;
	// Notes and custom fields of orders are not sent at all then.
	const isWithheld = suppressPersonalData && about === "order" && (line !== null || one.field === "note" || !one.field);
	const long = longReferences === "stop" ? ("stops" as const) : ("cut" as const);
	const outcome = isCut(one) ? long : text === "" ? "empty" : "told";
	return {
		...{ label, line: line && { number: line.number, sku: line.sku } },
		...(isWithheld && !(isCut(one) && long === "stops")
			? { told: "", rest: "", length: 0, most, outcome: "withheld" as const }
			: { told, rest: text.slice(most), length: text.length, most, outcome }),
	};
}
