/** Where the running parts are: told by the stage to global set-up, and from there to every test process. */
import { z } from "zod";

const world = z.object({
	appUrl: z.url(),
	inboxUrl: z.url(),
	/** A folder of this run, gone with it. */
	folder: z.string(),
	warehouse: z.object({
		/** What tests do to the warehouse, beside its own API. */
		controlUrl: z.url(),
		settings: z.object({
			baseUrl: z.url(),
			clientId: z.string(),
			clientSecret: z.string(),
			tplKey: z.string(),
			userLoginId: z.string(),
			customerId: z.number(),
			facilityId: z.number(),
		}),
	}),
	/** A shop that is lighter than the real one, for a second merchant. */
	secondShop: z.object({
		controlUrl: z.url(),
		settings: z.object({ apiUrl: z.url(), apiKey: z.string() }),
	}),
	shop: z.object({
		url: z.url(),
		credentials: z.object({ identifier: z.string(), password: z.string() }),
		seeded: z.object({
			apiKey: z.string(),
			settings: z.object({ apiUrl: z.url(), apiKey: z.string(), stockLocation: z.string() }),
			locations: z.object({ first: z.string(), second: z.string() }),
			variants: z.record(z.string(), z.string()),
		}),
	}),
});
export type World = z.output<typeof world>;

const name = "CROSSDOCK_BROWSER_TESTS";

export function tellWorld(words: string): World {
	const told = world.parse(JSON.parse(words));
	process.env[name] = JSON.stringify(told);
	return told;
}

export function theWorld(): World {
	return world.parse(JSON.parse(process.env[name] ?? "null"));
}
