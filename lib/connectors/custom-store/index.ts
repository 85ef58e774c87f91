import { defineConnector } from "../kit/define";
import { ConnectorError } from "../kit/fault";
import { exportPage } from "./calls";
import { confirm } from "./confirm";
import { cancellations, orders } from "./reading";
import { settings } from "./settings";

export const customStore = defineConnector({
	key: "custom-store",
	name: "ShipStation custom store",
	about: "Loads orders from any cart that answers as a ShipStation custom store, and brings tracking back to it.",
	docs: "https://www.shipstation.com/docs/custom-store/v1/",
	status: "stable",
	settings,
	baseUrl: ({ endpoint }) => endpoint,
	authorize: async ({ settings: { userName, password } }) => ({
		Authorization: `Basic ${Buffer.from(`${userName}:${password}`, "utf8").toString("base64")}`,
	}),
	// Each call makes a cart search its orders, and ShipStation itself asks one thing at a time.
	limits: { requests: 2, perSeconds: 1, concurrent: 1 },
	async check(context) {
		const nowMs = context.now().getTime();
		try {
			await exportPage(context, { fromMs: nowMs - 3_600_000, toMs: nowMs }, 0);
			return { ok: true, as: `the store at ${new URL(context.settings.endpoint).host}` };
		} catch (error) {
			if (!(error instanceof ConnectorError)) throw error;
			if (error.fault.kind !== "auth") return { ok: false, field: "endpoint", fix: error.message };
			const fix = "The store does not accept user name and password. Enter those it expects of ShipStation.";
			return { ok: false, field: "password", fix };
		}
	},
	source: { orders, cancellations, confirm },
});
