/** What a person changes of an order: corrections, marks, and changes that came after delivery. */
import { z } from "zod";
import { base, id, inAccount, instant } from "./base";
import { addressAccepted } from "./order-address";

const line = z.object({ id: id("lin"), sku: z.string().max(500), quantity: z.int("must be a whole number") });

export const orderEdit = z.object({
	shipTo: z.object({
		name: z.string().max(500),
		company: z.string().max(500),
		line1: z.string().max(500),
		line2: z.string().max(500),
		city: z.string().max(500),
		region: z.string().max(500),
		postalCode: z.string().max(500),
		country: z.string().max(500),
		phone: z.string().max(500),
		email: z.string().max(500),
	}),
	shipping: z.object({ code: z.string().max(500), name: z.string().max(500) }),
	note: z.string().max(4000),
	/** Every line of the order, by its id. */
	lines: z.array(line).max(1000),
	reason: z.string().trim().max(200, "is longer than 200 characters. Shorten it.").default(""),
	/** Of the order as it was read: a change in the cart meanwhile refuses the correction. */
	sourceChangedAt: instant,
});

/** One thing that differs between two states of an order. */
export const orderDifference = z.object({ field: z.string(), before: z.string(), after: z.string() });

const one = inAccount.extend({ orderId: id("ord") });
const path = "/accounts/{accountId}/orders/{orderId}";
const tags = ["Orders"];
const changed = z.object({ id: id("ord") });
const write = { permission: "orders:write" } as const;

export const orderChangesContract = {
	edit: base
		.route({ method: "POST", path: `${path}/edit`, summary: "Correct an order that was not sent, and send it", tags })
		.meta(write)
		.input(one.extend(orderEdit.shape))
		.output(changed),
	undoEdit: base
		.route({ method: "POST", path: `${path}/undo-edit`, summary: "Take a correction back", tags })
		.meta(write)
		.input(one)
		.output(changed),
	acceptAddress: base
		.route({ method: "POST", path: `${path}/accept-address`, summary: "Send it to the proposed address", tags })
		.meta(write)
		.input(one.extend(addressAccepted.shape))
		.output(changed),
	keepAddress: base
		.route({ method: "POST", path: `${path}/keep-address`, summary: "Send it to its address as it is", tags })
		.meta(write)
		.input(one)
		.output(changed),
	undoKeepAddress: base
		.route({ method: "POST", path: `${path}/undo-keep-address`, summary: "Check its address again", tags })
		.meta(write)
		.input(one)
		.output(changed),
	markDelivered: base
		.route({ method: "POST", path: `${path}/mark-delivered`, summary: "The warehouse has it by another way", tags })
		.meta(write)
		.input(
			one.extend({
				number: z.string().trim().max(100, "is longer than 100 characters.").default(""),
				reason: z
					.string()
					.trim()
					.min(1, "is empty. Say how the warehouse got it.")
					.max(200, "is longer than 200 characters."),
				connectionId: id("con").optional(),
			}),
		)
		.output(changed),
	undoMark: base
		.route({ method: "POST", path: `${path}/undo-mark-delivered`, summary: "Take such a mark back", tags })
		.meta(write)
		.input(one)
		.output(changed),
	dealWithChange: base
		.route({ method: "POST", path: `${path}/deal-with-change`, summary: "A change after delivery is dealt with", tags })
		.meta(write)
		.input(one)
		.output(changed),
	dealWithCancellation: base
		.route({
			method: "POST",
			path: `${path}/deal-with-cancellation`,
			summary: "What the warehouse canceled is dealt with in the cart",
			tags,
		})
		.meta(write)
		.input(one)
		.output(changed),
};
