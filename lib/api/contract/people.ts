import { z } from "zod";
import { base, id, inAccount, nameOf, timeZone } from "./base";

export const accountKind = z.enum(["fulfillment", "merchant"]);
export const role = z.enum(["owner", "admin", "operator", "viewer"]);

const accountName = nameOf("an account", 2);

/** Everything the frame around the screens shows: who looks, at which account, and what they may do there. */
export const hub = z.object({
	account: z.object({ id: id("acc"), name: z.string(), kind: accountKind, timeZone }),
	accounts: z.array(z.object({ id: id("acc"), name: z.string() })),
	person: z.object({ email: z.string(), name: z.string().nullable(), timeZone: z.string().nullable() }),
	role,
	may: z.array(z.string()),
	merchants: z.array(z.object({ id: id("mer"), name: z.string() })),
	openAlerts: z.int(),
});

export const peopleContract = {
	me: base
		.route({ method: "GET", path: "/me", summary: "Who is signed in", tags: ["People"] })
		.meta({ permission: null, audience: "person" })
		.output(
			z.object({
				email: z.string(),
				name: z.string().nullable(),
				accounts: z.array(z.object({ id: id("acc"), name: z.string(), kind: accountKind, role })),
			}),
		),
	createAccount: base
		.route({ method: "POST", path: "/accounts", summary: "Open an account", tags: ["People"], successStatus: 201 })
		.meta({ permission: null, audience: "person" })
		.input(z.object({ name: accountName, kind: accountKind, timeZone: timeZone.default("UTC") }))
		.output(z.object({ id: id("acc") })),
	hub: base
		.route({
			method: "GET",
			path: "/accounts/{accountId}",
			summary: "An account and what you may do in it",
			tags: ["People"],
		})
		.meta({ permission: "orders:read" })
		.input(inAccount)
		.output(hub),
};
