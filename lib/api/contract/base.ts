/**
 * What every endpoint is declared with. A contract file is one noun:
 *
 *   export const ordersContract = {
 *     list: base.route({ method: "GET", path: "/accounts/{accountId}/orders", summary: "List orders", tags: ["Orders"] })
 *       .meta({ permission: "orders:read" })
 *       .input(inAccount.extend({ ...pageInput, status: orderStatus.optional() }))
 *       .output(pageOf(orderSummary)),
 *   };
 */
import { oc } from "@orpc/contract";
import { z } from "zod";
import type { IdPrefix } from "@/lib/db/ids";
import type { Permission } from "@/lib/db/scope";
import { isTimeZone } from "@/lib/time";

export interface EndpointMeta {
	/** What the asker's role must allow. Null only where signing in is all that is asked. */
	permission: Permission | null;
	/**
	 * account (usual): the path starts with /accounts/{accountId}. person: anybody signed in. shareLink: whoever was
	 * invited to fill in one connection. waiting: anybody signed in, also before they gave their second factor.
	 */
	audience?: "account" | "person" | "shareLink" | "waiting";
}

export const base = oc.$meta<EndpointMeta>({ permission: null });

/** An id of one kind, such as ord_…; anything else is refused before a query runs. */
export function id(prefix: IdPrefix) {
	return z.string().regex(new RegExp(`^${prefix}_[0-9a-z]{10,40}$`), `is not an id that starts with ${prefix}_`);
}

/** The input of every endpoint of an account; extend it with what else the path and the body hold. */
export const inAccount = z.object({ accountId: id("acc") });

/** Keyset paging: `after` is the `next` of the page before. */
export const pageInput = {
	after: z.string().max(700).optional(),
	limit: z.number().int().min(1).max(200).default(50),
};

export function pageOf<T extends z.ZodType>(item: T) {
	return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** A name that people give to a thing. The messages follow the field's name, and say what to do. */
export function nameOf(what: string, least = 1) {
	return z
		.string(`needs the name of ${what}, as text`)
		.trim()
		.min(least, least === 1 ? "is empty. Type a name." : `is too short. Type at least ${least} characters.`)
		.max(80, "is longer than 80 characters. Shorten it.")
		.refine((name) => /[\p{L}\p{N}]/u.test(name), "needs at least one letter or digit. Type one.");
}

/** A moment, given as a Date or its text, answered as ISO 8601 in UTC. */
export const instant = z
	.union([z.date(), z.iso.datetime({ offset: true })])
	.transform((value) => new Date(value).toISOString())
	.pipe(z.iso.datetime());

export const timeZone = z.string().refine(isTimeZone, "is not a time zone, such as Europe/Berlin");

/** What every refusal looks like (RFC 9457, application/problem+json). */
export const problem = z.object({
	type: z.string(),
	title: z.string(),
	status: z.number().int(),
	/** From lib/errors/codes; stable. */
	code: z.string(),
	detail: z.string(),
	meaning: z.string(),
	fix: z.object({ label: z.string(), href: z.string().optional() }),
	/** Messages by field, where input was refused. */
	fields: z.record(z.string(), z.string()),
	requestId: z.string(),
});
export type Problem = z.output<typeof problem>;
