import type { Commit, FlowWork } from "../work";
import type { WriteResult } from "../writes/send-writes";
import type { PlannedDelivery } from "./claim-orders";

/** The line that a warehouse refused an order for because it does not know the item; null for any other refusal. */
export function unknownItem(
	result: WriteResult,
	lines: PlannedDelivery["value"]["lines"],
): PlannedDelivery["value"]["lines"][number] | null {
	if (result.state !== "failed" || result.fault.kind !== "permanent") return null;
	const { fault, message } = result;
	if (!/sku|item/i.test(fault.field ?? "")) return null;
	return lines.find(({ sku }) => mentions(message, sku)) ?? null;
}

/** "TEE" is mentioned in "Sku TEE is unknown", and not in "TEE-RED is unknown". */
function mentions(message: string, sku: string): boolean {
	const escaped = sku.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
	return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`, "i").test(message);
}

/** What the carts call the items of these lines: the code that somebody has to map. A kit's part has its own. */
export async function cartCodes(
	tx: Commit,
	work: FlowWork,
	found: { orderId: string; line: PlannedDelivery["value"]["lines"][number] }[],
): Promise<Map<string, string>> {
	if (found.length === 0) return new Map();
	const rows = await tx.sql<{ orderId: string; id: string; sku: string }>(
		`select "orderId", "id", "sku" from "OrderLine" where "accountId" = $1 and "orderId" = any($2) and "id" = any($3)`,
		[work.scope.accountId, found.map(({ orderId }) => orderId), found.map(({ line }) => line.lineId)],
	);
	const byOrder = new Map(rows.map((row) => [row.orderId, row.sku]));
	return new Map(found.map(({ orderId, line }) => [orderId, byOrder.get(orderId) ?? line.sku]));
}
