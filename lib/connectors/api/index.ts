import { z } from "zod";
import type { CancelRequest } from "@/lib/canonical/order";
import { defineConnector, reader } from "../kit/define";

const settings = z.object({});
export type ApiSettings = typeof settings;

const nothing = z.strictObject({ asked: z.literal(true) });

/**
 * Orders by API: a program calls us, we call nobody. Its orders, cancellations and confirmations arrive at /v1; a
 * warehouse that works by it takes orders there, and posts tracking and stock.
 */
export const api = defineConnector({
	key: "api",
	name: "Orders by API",
	about: "Your own program posts orders to us, or packs them, by an API that CartRover clients speak already.",
	status: "stable",
	settings,
	/** Never called. */
	baseUrl: () => "http://api.invalid",
	limits: { requests: 1, perSeconds: 1, concurrent: 1 },
	check: async () => ({ ok: true, as: "a program with an API key" }),
	source: {
		/** They arrive by themselves; the function asks warehouses for what was canceled. */
		cancellations: reader<ApiSettings, CancelRequest, z.output<typeof nothing>>({
			cursor: nothing,
			async *read() {
				yield { records: [], next: { asked: true } };
			},
		}),
	},
	destination: {},
});
