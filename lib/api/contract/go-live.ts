import { z } from "zod";
import { base, id, inAccount, instant } from "./base";

const one = inAccount.extend({ connectionId: id("con") });
const path = "/accounts/{accountId}/connections/{connectionId}";
const tags = ["Connections"];

/** One thing that must be right before orders flow. */
export const gateCheck = z.object({
	key: z.enum(["warehouse", "cart-access", "warehouse-access", "items", "stock", "orders", "tested"]),
	/** `fix`: it stops orders; `look`: a person should look at it. */
	state: z.enum(["ok", "look", "fix"]),
	title: z.string(),
	detail: z.string(),
	/** Where it is put right: words for a button, and a place in the account. */
	fix: z.object({ label: z.string(), place: z.string() }).nullable(),
});

/** An order that going live would release. */
export const gateOrder = z.object({
	id: id("ord"),
	number: z.string(),
	placedAt: instant,
	units: z.int(),
	/** Why it would not reach the warehouse as it is; null when it would. */
	problem: z.string().nullable(),
});

export const gate = z.object({
	inTest: z.boolean(),
	/** False while something stops every order. */
	mayGoLive: z.boolean(),
	checks: z.array(gateCheck),
	/** How many orders wait in all, and the first of them, oldest first. */
	waiting: z.int(),
	orders: z.array(gateOrder),
});

export const goLiveContract = {
	preview: base
		.route({
			method: "GET",
			path: `${path}/go-live`,
			summary: "What going live would release, and what is missing; asks both systems",
			tags,
		})
		.meta({ permission: "connections:read" })
		.input(one)
		.output(gate),
	goLive: base
		.route({ method: "POST", path: `${path}/go-live`, summary: "Let a cart's orders through to the warehouse", tags })
		.meta({ permission: "connections:write" })
		.input(one.extend({ leave: z.array(id("ord")).max(200).default([]).describe("Orders that go on being held") }))
		.output(z.object({ released: z.int(), left: z.int() })),
	backToTest: base
		.route({ method: "DELETE", path: `${path}/go-live`, summary: "Hold a cart's orders again", tags })
		.meta({ permission: "connections:write" })
		.input(one)
		.output(z.object({ held: z.int() })),
};
