/** What somebody keeps of a list of orders, to come back to: what it is narrowed to, and its columns. */
import { z } from "zod";
import { base, id, inAccount, nameOf } from "./base";
import { orderColumnNames } from "./order-columns";
import { orderFilters } from "./orders";

const viewFilter = z.object(orderFilters);
const columns = z.array(z.enum(orderColumnNames)).max(orderColumnNames.length);
const viewName = nameOf("a view");

export const orderView = z.object({
	id: id("viw"),
	name: z.string(),
	filter: viewFilter,
	columns,
	/** Everybody on its owner's side of the account sees it. */
	shared: z.boolean(),
	/** The asker saved it. */
	mine: z.boolean(),
	/** Who saved it. */
	by: z.string(),
	/** The asker may rename, change and delete it. */
	mayChange: z.boolean(),
});

const path = "/accounts/{accountId}/order-views";
const tags = ["Orders"];
const one = inAccount.extend({ viewId: id("viw") });
const done = z.object({ id: id("viw") });
const meta = { permission: "orders:read" } as const;

/** A person's own affair, as is what they look at; only sharing asks for more. */
export const orderViewsContract = {
	list: base
		.route({ method: "GET", path, summary: "Your views of the orders, and those that are shared", tags })
		.meta(meta)
		.input(inAccount)
		.output(z.object({ items: z.array(orderView) })),
	create: base
		.route({ method: "POST", path, summary: "Save a view of the orders", tags, successStatus: 201 })
		.meta(meta)
		.input(inAccount.extend({ name: viewName, filter: viewFilter, columns, shared: z.boolean().default(false) }))
		.output(done),
	update: base
		.route({ method: "PATCH", path: `${path}/{viewId}`, summary: "Rename, change or share a view", tags })
		.meta(meta)
		.input(
			one.extend({
				name: viewName.optional(),
				filter: viewFilter.optional(),
				columns: columns.optional(),
				shared: z.boolean().optional(),
			}),
		)
		.output(done),
	remove: base
		.route({ method: "DELETE", path: `${path}/{viewId}`, summary: "Delete a view", tags })
		.meta(meta)
		.input(one)
		.output(done),
};
