import { z } from "zod";
import { defineConnector } from "../kit/define";
import { ConnectorError } from "../kit/fault";
import { inventory } from "./inventory";
import { cancellations, orders, products } from "./reading";
import { type JoorSettings, settings } from "./settings";

export const joor = defineConnector<JoorSettings>({
	key: "joor",
	name: "JOOR",
	about: "Loads wholesale orders from JOOR, and brings available-to-sell stock back to it.",
	docs: "https://api-docs.jooraccess.com",
	status: "beta",
	settings,
	baseUrl: ({ testMode, apiUrl, sandboxUrl }) => (testMode ? sandboxUrl : apiUrl),
	authorize: async ({ settings: { token } }) => ({ Authorization: `OAuth2 ${token}` }),
	// No limit is published.
	limits: { requests: 2, perSeconds: 1, concurrent: 2 },
	async check(context) {
		const { orderKind, testMode } = context.settings;
		try {
			const query = { order_type: orderKind, export_status: 1, sync: 0, check: 0, count: 1 };
			await context.http.get("/orders", { schema: z.object({ orders: z.unknown() }), query });
			return { ok: true, as: testMode ? "JOOR's sandbox" : "your JOOR account" };
		} catch (error) {
			if (!(error instanceof ConnectorError)) throw error;
			const { fault, message } = error;
			if (fault.kind === "auth")
				return { ok: false, field: "token", fix: "JOOR refused the token. Copy it again, or ask JOOR for a new one." };
			return { ok: false, field: testMode ? "sandboxUrl" : "apiUrl", fix: message };
		}
	},
	source: { orders, cancellations, products, inventory },
});
