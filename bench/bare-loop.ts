/**
 * The same requests without Crossdock: pages of orders, one bulk insert, one POST per order, pages of shipments,
 * two mutations per package; same connections, same concurrency, the same bytes but for the keys. No checks, no
 * ledger, no retries, no exchanges, no tenant: what a script would do, and the least that the work can cost.
 */
import pg from "pg";
import { Agent, request } from "undici";
import { extensiv3pl } from "@/lib/connectors/extensiv-3pl";
import { rels } from "@/lib/connectors/extensiv-3pl/api";
import { vendure } from "@/lib/connectors/vendure";
import { documents } from "@/lib/connectors/vendure/documents";

const pageSize = 250;

interface Places {
	shop: Record<string, unknown>;
	warehouse: Record<string, unknown>;
	databaseUrl: string;
}
interface ShopOrder {
	id: string;
	code: string;
	updatedAt: string;
	shippingAddress: Record<string, string>;
	lines: { id: string; quantity: number; productVariant: { sku: string } }[];
}
interface Shipped {
	referenceNum: string;
	readOnly: { lastModifiedDate: string };
	routingInfo: { carrier: string; mode: string; trackingNumber: string };
}
interface Listed<T> {
	totalResults: number;
	_embedded: Record<string, T[]>;
}

export interface BareLoop {
	/** From the shop into a table and to the warehouse. */
	send(): Promise<void>;
	/** From the warehouse back to the shop. */
	confirm(): Promise<void>;
	close(): Promise<void>;
}

export async function openBareLoop({ shop, warehouse, databaseUrl }: Places): Promise<BareLoop> {
	const dispatcher = new Agent({ connections: 64, pipelining: 1 });
	const client = new pg.Client({ connectionString: databaseUrl });
	await client.connect();
	await client.query(`create table if not exists bare ("id" text, "code" text, "document" jsonb)`);
	await client.query("truncate bare");
	const call = async <T>(method: "GET" | "POST", url: string, headers: Record<string, string>, body?: object) => {
		const reply = await request(url, {
			method,
			dispatcher,
			headers: { accept: "application/json", ...(body && { "content-type": "application/json" }), ...headers },
			body: body ? JSON.stringify(body) : null,
		});
		const answer = JSON.parse(await reply.body.text());
		if (reply.statusCode >= 400) throw new Error(`the bare loop was answered ${reply.statusCode}`);
		return answer as T;
	};
	const shopCall = <T>(query: string, variables: object) =>
		call<{ data: T }>("POST", String(shop.apiUrl), { "vendure-api-key": String(shop.apiKey) }, { query, variables });
	const token = await tokenOf(warehouse, call);
	const wmsHeaders = { authorization: `Bearer ${token}`, accept: "application/hal+json" };
	const orders = new Map<string, ShopOrder>();

	return {
		async send() {
			for await (const page of shopPages(shopCall)) for (const order of page) orders.set(order.code, order);
			const rows = [...orders.values()].map((order) => ({ id: order.id, code: order.code, document: order }));
			await client.query(
				`insert into bare select * from json_to_recordset($1::json) as given("id" text, "code" text, "document" jsonb)`,
				[JSON.stringify(rows)],
			);
			await inParallel(extensiv3pl.limits.concurrent, orders.values(), (order) =>
				call("POST", `${warehouse.baseUrl}/orders`, wmsHeaders, wmsBody(order, warehouse)),
			);
		},
		async confirm() {
			const shipped = new Map<string, Shipped>();
			const get = (url: string) => call<Listed<Shipped>>("GET", url, wmsHeaders);
			for await (const page of shippedPages(get, warehouse)) for (const one of page) shipped.set(one.referenceNum, one);
			await inParallel(vendure.limits.concurrent, shipped.values(), async ({ referenceNum, routingInfo }) => {
				const order = orders.get(referenceNum);
				if (!order) throw new Error("the warehouse shipped an order that was not sent");
				const input = fulfillInput(order, routingInfo);
				const { data } = await shopCall<{ addFulfillmentToOrder: { id: string } }>(documents.fulfill, { input });
				await shopCall(documents.transition, { id: data.addFulfillmentToOrder.id, state: "Shipped" });
			});
		},
		async close() {
			await client.end();
			await dispatcher.close();
		},
	};
}

type Caller = <T>(method: "GET" | "POST", url: string, headers: Record<string, string>, body?: object) => Promise<T>;

async function tokenOf(warehouse: Record<string, unknown>, call: Caller): Promise<string> {
	const { clientId, clientSecret, tplKey, userLoginId } = warehouse;
	const authorization = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`;
	const body = { grant_type: "client_credentials", tpl: tplKey, user_login_id: userLoginId };
	const url = `${warehouse.baseUrl}/AuthServer/api/Token`;
	return (await call<{ access_token: string }>("POST", url, { authorization }, body)).access_token;
}

/** By change time, like anyone who means to come back for more. */
async function* shopPages(call: <T>(query: string, variables: object) => Promise<{ data: T }>) {
	let after = new Date(0).toISOString();
	for (let more = true; more; ) {
		const options = {
			take: pageSize,
			skip: 0,
			filter: { active: { eq: false }, updatedAt: { after }, state: { in: ["PaymentSettled"] } },
			sort: { updatedAt: "ASC" },
		};
		const { data } = await call<{ orders: { totalItems: number; items: ShopOrder[] } }>(documents.orders, { options });
		const { items, totalItems } = data.orders;
		yield items;
		more = items.length < totalItems;
		after = new Date(Date.parse(items.at(-1)?.updatedAt ?? after) - 1000).toISOString();
	}
}

async function* shippedPages(get: (url: string) => Promise<Listed<Shipped>>, warehouse: Record<string, unknown>) {
	let since = "1970-01-01T00:00:00";
	for (let more = true; more; ) {
		const query = new URLSearchParams({
			pgsiz: String(pageSize),
			pgnum: "1",
			sort: "readOnly.lastModifiedDate,readOnly.orderId",
			detail: "OrderItems,Packages",
			rql: `readonly.isclosed==true;readonly.customerIdentifier.id==${warehouse.customerId};readonly.lastModifiedDate=ge=${since}`,
		});
		const { totalResults, _embedded } = await get(`${warehouse.baseUrl}/orders?${query}`);
		const page = _embedded[rels.order] ?? [];
		yield page;
		more = page.length < totalResults;
		since = page.at(-1)?.readOnly.lastModifiedDate ?? since;
	}
}

function wmsBody(order: ShopOrder, warehouse: Record<string, unknown>): object {
	const address = order.shippingAddress;
	return {
		customerIdentifier: { id: warehouse.customerId },
		facilityIdentifier: { id: warehouse.facilityId },
		referenceNum: order.code,
		poNum: order.code,
		externalId: order.code,
		routingInfo: { carrier: "UPS", mode: "Ground" },
		shipTo: {
			name: address.fullName,
			companyName: address.company || address.fullName,
			address1: address.streetLine1,
			address2: address.streetLine2,
			city: address.city,
			state: address.province,
			zip: address.postalCode,
			country: address.countryCode,
			phoneNumber: address.phoneNumber,
		},
		orderItems: order.lines.map((line) => ({
			itemIdentifier: { sku: line.productVariant.sku },
			qty: line.quantity,
			externalId: line.id,
		})),
	};
}

function fulfillInput(order: ShopOrder, { carrier, mode, trackingNumber }: Shipped["routingInfo"]): object {
	return {
		lines: order.lines.map((line) => ({ orderLineId: line.id, quantity: line.quantity })),
		handler: {
			code: "manual-fulfillment",
			arguments: [
				{ name: "method", value: `${carrier} ${mode}` },
				{ name: "trackingCode", value: trackingNumber },
			],
		},
	};
}

async function inParallel<T>(
	concurrent: number,
	things: IterableIterator<T>,
	work: (thing: T) => Promise<unknown>,
): Promise<void> {
	const one = async () => {
		for (const thing of things) await work(thing);
	};
	await Promise.all(Array.from({ length: concurrent }, one));
}
