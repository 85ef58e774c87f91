import { z } from "zod";
import { base, id, inAccount, instant } from "./base";

export const accountLink = z.object({
	id: id("lnk"),
	/** The other account's name; null until it accepted. */
	account: z.string().nullable(),
	accountId: id("acc").nullable(),
	email: z.string(),
	state: z.enum(["pending", "expired", "withdrawn", "active", "ended"]),
	sentHere: z.boolean(),
	invitedBy: z.string(),
	createdAt: instant,
	expiresAt: instant,
	acceptedAt: instant.nullable(),
	endedAt: instant.nullable(),
	endedHere: z.boolean(),
});

const email = z.string().trim().toLowerCase().max(254, "is too long").pipe(z.email("is not a mail address"));
const tags = ["Linked accounts"];
const path = "/accounts/{accountId}/links";
const meta = { permission: "account:write" } as const;

export const accountLinksContract = {
	list: base
		.route({ method: "GET", path, summary: "The accounts that this one is linked with", tags })
		.meta(meta)
		.input(inAccount)
		.output(z.object({ items: z.array(accountLink) })),
	invite: base
		.route({ method: "POST", path, summary: "Ask by mail for a link with another account", tags, successStatus: 201 })
		.meta(meta)
		.input(inAccount.extend({ email }))
		/** The link is told once. `mailed` is false when the mail could not be sent: then it must be passed on by hand. */
		.output(z.object({ id: id("lnk"), url: z.string(), mailed: z.boolean() })),
	accept: base
		.route({ method: "POST", path: `${path}/accept`, summary: "Accept the invitation of another account", tags })
		.meta(meta)
		.input(inAccount.extend({ token: z.string().min(1).max(200) }))
		.output(z.object({ id: id("lnk") })),
	end: base
		.route({
			method: "DELETE",
			path: `${path}/{accountLinkId}`,
			summary: "End a link, or withdraw an invitation",
			tags,
		})
		.meta(meta)
		.input(inAccount.extend({ accountLinkId: id("lnk") }))
		.output(z.object({ id: id("lnk") })),
};
