import type { z } from "zod";
import type { orderEdit } from "@/lib/api/contract/order-changes";
import { type Order, orderOf, order as orderSchema } from "@/lib/canonical/order";
import { changesBetween } from "@/lib/canonical/order-changes";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { changeOrder, type LockedOrder, mustBeHere } from "./change-order";
import { writeDocument } from "./write-document";

export type OrderEdit = z.output<typeof orderEdit>;
interface Line {
	id: string;
	sourceLineId: string;
}

/**
 * Edit and resend: a person's correction of an order that is still here. What the cart said is kept beside it, and
 * stands again when the correction is undone; until then later changes in the cart do not replace it.
 */
export function editOrder(scope: Scope, orderId: string, edit: OrderEdit): Promise<{ id: string }> {
	return changeOrder(scope, orderId, {
		kind: "edited",
		allow(order) {
			mustBeHere(order);
			if (order.sourceChangedAt.getTime() !== Date.parse(edit.sourceChangedAt))
				throw new AppError("conflict", {
					problem: `Order ${order.number} was changed in the cart meanwhile. Reload it, then correct it again.`,
				});
		},
		async write(tx, order, one) {
			const lines = await tx.sql<Line>(
				`select "id", "sourceLineId" from "OrderLine" where "accountId" = $1 and "orderId" = $2`,
				one,
			);
			const before = orderOf(order.document);
			const after = corrected(before, edit, lines);
			const changes = changesBetween(before, after);
			if (changes.length === 0) throw new AppError("conflict", { problem: "Nothing was changed." });
			await writeDocument(tx, one, after);
			await keepOriginal(tx, one, { order, before, after });
			for (const { id, sku, quantity } of edit.lines)
				await tx.sql(
					`update "OrderLine" set "sku" = $4, "quantity" = $5 where "accountId" = $1 and "orderId" = $2 and "id" = $3`,
					[...one, id, sku.trim(), quantity],
				);
			return { changes, ...(edit.reason && { reason: edit.reason }) };
		},
		runs: "orders/deliver",
	});
}

/** Corrected back to what the cart says, an order is not corrected any more. */
export async function keepOriginal(
	tx: Transaction,
	one: [string, string],
	{ order, before, after }: { order: LockedOrder; before: Order; after: Order },
): Promise<void> {
	const original = order.sourceDocument ? orderOf(order.sourceDocument) : before;
	const differs = changesBetween(original, after).length > 0;
	await tx.sql(
		`update "Order" set "sourceDocument" = $3, "editedAt" = case when $4 then now() end where "accountId" = $1 and "id" = $2`,
		[...one, differs ? JSON.stringify(original) : null, differs],
	);
}

/** Throws `bad-input` that names each field that cannot be used. */
function corrected(before: Order, edit: OrderEdit, lines: Line[]): Order {
	const byId = new Map(lines.map(({ id, sourceLineId }) => [sourceLineId, edit.lines.find((line) => line.id === id)]));
	const parsed = orderSchema.safeParse({
		...before,
		// The parts of a name that was corrected are not known any more.
		shipTo: before.shipTo.name === edit.shipTo.name ? { ...before.shipTo, ...edit.shipTo } : edit.shipTo,
		shipping: edit.shipping,
		note: edit.note,
		lines: before.lines.map((line) => {
			const { sku, quantity } = byId.get(line.sourceLineId) ?? line;
			return { ...line, sku, quantity };
		}),
	});
	const fields: Record<string, string> = {};
	for (const { path, message } of parsed.error?.issues ?? []) fields[path.join(".")] ??= `${wordOf(path)} ${message}.`;
	for (const [index, { sku }] of edit.lines.entries())
		if (sku.trim() === "") fields[`lines.${index}.sku`] = "SKU must not be empty.";
	const [field, problem = ""] = Object.entries(fields)[0] ?? [];
	if (parsed.success && !field) return parsed.data;
	throw new AppError("bad-input", { field: field ?? "order", problem }, { fields });
}

function wordOf(path: PropertyKey[]): string {
	const key = String(path.at(-1) ?? "The order");
	return words[key] ?? key;
}

const words: Record<string, string> = {
	name: "Name",
	company: "Company",
	line1: "Street",
	line2: "Street, second line",
	city: "City",
	region: "Region",
	postalCode: "Postal code",
	country: "Country",
	phone: "Phone",
	email: "Mail",
	sku: "SKU",
	quantity: "Quantity",
	note: "Note",
};
