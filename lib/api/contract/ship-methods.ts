import { z } from "zod";
import {
	carrierDirections,
	carrierPair,
	shipMethodActions,
	shipMethodConditions,
	unmappedPolicies,
} from "@/lib/canonical/ship-method";
import { text } from "@/lib/canonical/text";
import { base, id, inAccount } from "./base";

const ref = z.object({ id: id("con"), name: z.string() });
const merchant = z.object({ id: id("mer"), name: z.string() });

/** A code, or a pattern in which * stands for any text. */
const code = z
	.string()
	.trim()
	.max(200, "is longer than 200 characters. Shorten it.")
	.refine((value) => value.split("*").length <= 9, "holds more than 8 stars. Use fewer.");

/** One row as it is to be. Without an id it is new; two rows of one cart never ask the same. */
export const shipMethodChange = z.object({
	id: id("shm").optional(),
	remove: z.boolean().optional(),
	code,
	conditions: shipMethodConditions.default({}),
	action: z.enum(shipMethodActions),
	carrier: text.default(""),
	service: text.default(""),
});

export const shipMethodRow = z.object({
	id: id("shm"),
	code: z.string(),
	/** What the cart calls it for people. */
	name: z.string(),
	conditions: shipMethodConditions,
	action: z.enum(shipMethodActions),
	carrier: z.string(),
	service: z.string(),
	/** Orders that wait for it to be mapped. */
	waiting: z.int(),
	/** The method whose name is most alike; null where none is, or it is mapped. */
	suggestion: carrierPair.nullable(),
	/** What each warehouse would be told of it now; empty words where the order would wait. */
	told: z.array(z.object({ warehouse: z.string(), words: z.string() })),
});

export const shipMethodEffect = z.object({
	/** Orders that wait for a mapping and would go out. */
	released: z.int(),
	/** Orders not sent yet that would go another way. */
	changed: z.int(),
	/** Orders not sent yet that would be held. */
	held: z.int(),
	/** Numbers of some of them. */
	examples: z.array(z.string()),
});

const changes = z.array(shipMethodChange).max(2_000, "holds more than 2,000 rows. Save them in parts.");
const change = {
	changes,
	/** What becomes of codes that nobody mapped; absent: as it is. */
	unmapped: z.enum(unmappedPolicies).optional(),
};
const cart = inAccount.extend({ connectionId: id("con") });
const path = "/accounts/{accountId}/connections/{connectionId}/ship-methods";
const tags = ["Mappings"];

export const shipMethodsContract = {
	carts: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}/ship-methods",
			summary: "Carts and their unmapped codes",
			tags,
		})
		.meta({ permission: "connections:read" })
		.input(inAccount)
		.output(
			z.object({
				items: z.array(
					z.object({ ...ref.shape, merchant, unmapped: z.int(), waiting: z.int(), policy: z.enum(unmappedPolicies) }),
				),
			}),
		),
	get: base
		.route({ method: "GET", path, summary: "A cart's ship methods and what they become", tags })
		.meta({ permission: "connections:read" })
		.input(cart)
		.output(
			z.object({
				cart: ref,
				merchant,
				policy: z.enum(unmappedPolicies),
				rows: z.array(shipMethodRow),
				/** What can be chosen: what the warehouses list, and what was mapped to before. */
				methods: z.array(z.object({ name: z.string(), ...carrierPair.shape })),
				/** The merchant's warehouses; `lists`: it can be asked for its methods. */
				warehouses: z.array(ref.extend({ lists: z.boolean() })),
			}),
		),
	preview: base
		.route({ method: "POST", path: `${path}/preview`, summary: "What a change would do to orders that wait", tags })
		.meta({ permission: "connections:read" })
		.input(cart.extend(change))
		.output(shipMethodEffect),
	save: base
		.route({ method: "POST", path, summary: "Save mappings; orders that waited for them go out", tags })
		.meta({ permission: "connections:write" })
		.input(cart.extend(change))
		/** `undo`: what saved in turn takes this change back. */
		.output(z.object({ saved: z.int(), released: z.int(), undo: z.object(change) })),
	refresh: base
		.route({ method: "POST", path: `${path}/refresh`, summary: "Ask the warehouses for their ship methods", tags })
		.meta({ permission: "connections:write" })
		.input(cart)
		.output(z.object({ listed: z.int(), added: z.int() })),
	importFile: base
		.route({
			method: "POST",
			path: `${path}/import`,
			summary: "Mappings from a CSV file: first what each row would do",
			tags,
		})
		.meta({ permission: "connections:write" })
		.input(cart.extend({ text: z.string().max(2_000_000, "is larger than 2 MB. Split it."), apply: z.boolean() }))
		.output(
			z.object({
				counts: z.record(z.enum(["new", "change", "same", "refused"]), z.int()),
				/** Refused ones first, at most 500. */
				rows: z.array(
					z.object({ line: z.int(), effect: z.enum(["new", "change", "same", "refused"]), sentence: z.string() }),
				),
				/** The refused rows with their reasons, as a file of the same form. */
				refusedFile: z.string().nullable(),
				effect: shipMethodEffect,
				saved: z.int(),
				released: z.int(),
				undo: z.object(change).nullable(),
			}),
		),
	exportFile: base
		.route({ method: "GET", path: `${path}/export`, summary: "A cart's mappings as a CSV file", tags })
		.meta({ permission: "connections:read" })
		.input(cart)
		.output(z.file()),
};

export const carrierChange = z.object({
	id: id("cam").optional(),
	remove: z.boolean().optional(),
	direction: z.enum(carrierDirections),
	from: carrierPair,
	/** Null passes it through. */
	to: carrierPair.nullable(),
	twoWay: z.boolean().default(false),
});

const carriersPath = "/accounts/{accountId}/connections/{connectionId}/carriers";
const carrierChanges = z.array(carrierChange).max(500, "holds more than 500 rows. Save them in parts.");

export const carriersContract = {
	get: base
		.route({ method: "GET", path: carriersPath, summary: "What carriers are called at a connection", tags })
		.meta({ permission: "connections:read" })
		.input(cart)
		.output(
			z.object({
				connection: ref.extend({ side: z.enum(["source", "destination"]), merchant }),
				rows: z.array(
					z.object({
						id: id("cam"),
						direction: z.enum(carrierDirections),
						from: carrierPair,
						to: carrierPair.nullable(),
						twoWay: z.boolean(),
						/** What each of the merchant's carts would receive, where it comes from a warehouse. */
						receives: z.array(z.object({ cart: z.string(), carrier: z.string(), service: z.string() })),
						/** Shipments of the last 30 days that came under it. */
						shipments: z.int(),
					}),
				),
			}),
		),
	try: base
		.route({
			method: "POST",
			path: `${carriersPath}/try`,
			summary: "What the carts would receive for a shipment of this warehouse",
			tags,
		})
		.meta({ permission: "connections:read" })
		.input(cart.extend({ ...carrierPair.shape, trackingNumber: text.default(""), country: text.default("") }))
		.output(
			z.object({
				receives: z.array(z.object({ cart: z.string(), carrier: z.string(), service: z.string(), how: z.string() })),
			}),
		),
	save: base
		.route({ method: "POST", path: carriersPath, summary: "Save what carriers are called", tags })
		.meta({ permission: "connections:write" })
		.input(cart.extend({ changes: carrierChanges }))
		.output(z.object({ saved: z.int(), undo: carrierChanges })),
};
