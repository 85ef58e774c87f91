import type { DeliverableOrder } from "@/lib/canonical/deliverable-order";
import { defineConnector } from "../kit/define";
import { ConnectorError } from "../kit/fault";
import type { Context, Creator, Written } from "../kit/types";
import { carrierList, customerAnswer, facilityList, orderList, rels, tokenAnswer, wmsOrder } from "./api";
import { hal, refusal } from "./calls";
import { requestCancel } from "./cancel";
import { toWmsOrder } from "./map";
import { inventory, products, shipments } from "./readers";
import { rqlValue } from "./rql";
import { type ExtensivSettings, settings } from "./settings";

const orders: Creator<ExtensivSettings, DeliverableOrder> & { maxNumberLength: number } = {
	/** The public pages name no limit of referenceNum; fifty characters fit every label they show. */
	maxNumberLength: 50,
	async find(context, key): Promise<Written | null> {
		const { data, exchangeId } = await context.http.get("/orders", {
			schema: orderList,
			headers: hal,
			query: {
				pgsiz: 10,
				rql: `referenceNum==${rqlValue(key)};readonly.customerIdentifier.id==${context.settings.customerId}`,
			},
		});
		const found = (data._embedded?.[rels.order] ?? [])
			.map((raw) => wmsOrder.parse(raw))
			.find((order) => order.referenceNum === key);
		return found
			? { externalId: String(found.readOnly.orderId), externalNumber: found.referenceNum, existed: true, exchangeId }
			: null;
	},
	async create(context, { key, value }): Promise<Written> {
		try {
			const { data, exchangeId } = await context.http.send(
				"POST",
				"/orders",
				toWmsOrder({ ...value, number: key }, context.settings),
				{
					schema: wmsOrder,
					headers: hal,
					fault: refusal,
				},
			);
			return {
				externalId: String(data.readOnly.orderId),
				externalNumber: data.referenceNum,
				existed: false,
				exchangeId,
			};
		} catch (error) {
			if (!isDuplicate(error)) throw error;
			const found = await this.find(context, key, value);
			if (found) return found;
			throw error;
		}
	},
};

function isDuplicate(error: unknown): boolean {
	return error instanceof ConnectorError && error.fault.kind === "permanent" && error.fault.code === "Duplicate";
}

async function authorize(context: Context<ExtensivSettings>): Promise<Record<string, string>> {
	const { clientId, clientSecret, tplKey, userLoginId } = context.settings;
	const token = await context.token(async () => {
		const body = tplKey
			? { grant_type: "client_credentials", tpl: tplKey, user_login_id: userLoginId }
			: { grant_type: "client_credentials", user_login: userLoginId };
		const { data } = await context.http.send("POST", "/AuthServer/api/Token", body, {
			schema: tokenAnswer,
			headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
			authorized: false,
			repeatable: true,
		});
		// The documentation asks for renewal after thirty minutes at the latest.
		const seconds = Math.min(data.expires_in, 1800);
		return { value: data.access_token, expiresAt: new Date(context.now().getTime() + seconds * 1000) };
	});
	return { Authorization: `Bearer ${token.value}` };
}

export const extensiv3pl = defineConnector({
	key: "extensiv-3pl",
	name: "Extensiv 3PL Warehouse Manager",
	about: "Sends orders to a 3PL's warehouse, and brings shipments, tracking and stock back.",
	docs: "https://help.extensiv.com",
	status: "stable",
	settings,
	baseUrl: ({ baseUrl }) => baseUrl,
	authorize,
	// No limit is published; a public client keeps itself to 400 a minute, a busy warehouse needs more.
	limits: { requests: 2000, perSeconds: 1, concurrent: 32 },
	async check(context) {
		try {
			const { data } = await context.http.get(`/customers/${context.settings.customerId}`, {
				schema: customerAnswer,
				headers: hal,
			});
			const facilities = await context.http.get("/properties/facilities", { schema: facilityList, headers: hal });
			const facility = facilities.data._embedded[rels.facility].find(
				(place) => place.facilityId === context.settings.facilityId,
			);
			if (!facility)
				return {
					ok: false,
					field: "facilityId",
					fix: `There is no facility ${context.settings.facilityId} in this warehouse. Choose one from the list.`,
				};
			return {
				ok: true,
				as: `${data.companyInfo?.companyName ?? `Customer ${data.readOnly.customerId}`} at ${facility.name}`,
			};
		} catch (error) {
			if (!(error instanceof ConnectorError)) throw error;
			const { fault } = error;
			if (fault.kind === "permanent" && fault.code === "http-404") {
				return {
					ok: false,
					field: "customerId",
					fix: `The warehouse knows no customer ${context.settings.customerId}. Ask it for the right number.`,
				};
			}
			if (fault.kind === "auth" && fault.reason !== "forbidden") {
				return {
					ok: false,
					field: "clientSecret",
					fix: "The warehouse refused the client ID, the secret, the TPL key or the user. Copy all four again.",
				};
			}
			return { ok: false, fix: error.message };
		}
	},
	destination: {
		orders,
		cancel: { request: requestCancel },
		shipments,
		inventory,
		products,
		locations: {
			async list(context) {
				const { data } = await context.http.get("/properties/facilities", { schema: facilityList, headers: hal });
				return data._embedded[rels.facility]
					.filter((place) => !place.deactivated)
					.map((place) => ({ externalId: String(place.facilityId), name: place.name }));
			},
		},
		shipMethods: {
			async list(context) {
				const { data } = await context.http.get("/properties/carriers", { schema: carrierList, headers: hal });
				return data._embedded[rels.carrier].flatMap((carrier) =>
					(carrier.shipmentServices ?? []).map(({ description }) => ({
						code: `${carrier.name}|${description}`,
						name: `${carrier.name} ${description}`,
						carrier: carrier.name,
						service: description,
					})),
				);
			},
		},
	},
});
