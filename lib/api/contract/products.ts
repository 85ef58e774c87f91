import { z } from "zod";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";
import { exportOf } from "./export";

const tags = ["Products"];
const path = "/accounts/{accountId}/products";
const filters = { search: z.string().trim().max(100).optional(), merchantId: id("mer").optional() };
const place = z.object({ id: id("con"), name: z.string() });

/** As the warehouse told it last that has it active; weight in grams, size in millimetres. */
const product = z.object({
	sku: z.string(),
	merchant: z.object({ id: id("mer"), name: z.string() }),
	name: z.string(),
	description: z.string(),
	grams: z.number().nullable(),
	lengthMm: z.number().nullable(),
	widthMm: z.number().nullable(),
	heightMm: z.number().nullable(),
	aliases: z.array(z.object({ name: z.string(), code: z.string() })),
	/** In at least one warehouse. */
	active: z.boolean(),
	lotTracked: z.boolean().nullable(),
	updatedAt: instant,
	warehouses: z.array(place.extend({ active: z.boolean() })),
	/** The carts that take its stock. */
	carts: z.array(place),
});

export const productsContract = {
	list: base
		.route({ method: "GET", path, summary: "Products, as warehouses tell them", tags })
		.meta({ permission: "inventory:read" })
		.input(inAccount.extend({ ...pageInput, ...filters }))
		.output(pageOf(product)),
	export: exportOf(path, "Products", "Products")
		.meta({ permission: "inventory:read" })
		.input(inAccount.extend(filters)),
	fetch: base
		.route({
			method: "POST",
			path: "/accounts/{accountId}/merchants/{merchantId}/products/fetch",
			summary: "Read the products of all warehouses of a merchant now",
			tags,
		})
		.meta({ permission: "runs:write" })
		.input(inAccount.extend({ merchantId: id("mer") }))
		/** In how many warehouses that began; 0 where none can tell its products. */
		.output(z.object({ started: z.int() })),
};
