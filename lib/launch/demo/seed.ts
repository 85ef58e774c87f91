/** The demo's account in the database: made once, whole or not at all, and found again by its owner. */
import { newId } from "@/lib/db/ids";
import { insertAccount, insertMerchant } from "@/lib/db/insert-account";
import { systemTransaction } from "@/lib/db/system";
import type { Transaction } from "@/lib/db/transact";
import { insertConnection, insertCredential } from "@/lib/services/connections/insert-connection";
import { type DemoMerchant, demoMerchants } from "./catalogue";
import type { Floor } from "./floor";

export const demoEmail = "demo@crossdock.example";
const accountName = "Harbour Street 3PL";
const restReason = "The demo is not running. Start Crossdock with it, and this connection goes on.";
const accountSettings = ["baseUrl", "clientId", "clientSecret", "tplKey", "userLoginId"];

/** Makes the account unless its owner exists already. Two processes may do so at once. */
export async function seedDemo(floor: Floor, now: Date): Promise<"made" | "existed"> {
	return systemTransaction(async (tx) => {
		await tx.sql("select pg_advisory_xact_lock(hashtext('crossdock demo seed'))");
		const known = await tx.sql(`select 1 from "User" where "email" = $1`, [demoEmail]);
		if (known.length > 0) return "existed";
		const accountId = await insertAccount(tx, { name: accountName, kind: "fulfillment", timeZone: "America/New_York" });
		await insertOwner(tx, accountId, now);
		const { settings } = floor.warehouse;
		const credentialId = await insertCredential(tx, {
			accountId,
			connectorKey: "extensiv-3pl",
			name: "Harbour Street warehouse",
			settings: Object.fromEntries(accountSettings.map((name) => [name, settings[name]])),
			secret: ["clientSecret", "tplKey"],
		});
		for (const merchant of demoMerchants)
			await insertDemoMerchant(tx, { accountId, credentialId, merchant, floor, now });
		return "made";
	});
}

async function insertOwner(tx: Transaction, accountId: string, now: Date): Promise<void> {
	const userId = newId("usr");
	await tx.sql(
		`insert into "User" ("id", "email", "name", "emailVerified", "lastAccountId") values ($1, $2, $3, $4, $5)`,
		[userId, demoEmail, "Robin Harbour", now, accountId],
	);
	await tx.sql(`insert into "Membership" ("id", "accountId", "userId", "role") values ($1, $2, $3, 'owner')`, [
		newId("mem"),
		accountId,
		userId,
	]);
}

interface Place {
	accountId: string;
	credentialId: string;
	merchant: DemoMerchant;
	floor: Floor;
	now: Date;
}

async function insertDemoMerchant(tx: Transaction, { accountId, credentialId, merchant, floor, now }: Place) {
	const merchantId = await insertMerchant(tx, accountId, merchant.name);
	const base = { accountId, merchantId, now };
	await insertConnection(tx, {
		...base,
		connectorKey: "vendure",
		side: "source",
		name: merchant.shop,
		settings: floor.shops.get(merchant.key)?.settings ?? {},
		secret: ["apiKey"],
		options: { orderSource: merchant.shop },
		everyMinutes: { "orders/download": 1, "orders/cancel": 1, "orders/reconcile": 360 },
	});
	await insertConnection(tx, {
		...base,
		connectorKey: "extensiv-3pl",
		side: "destination",
		name: `Harbour Street for ${merchant.name}`,
		credentialId,
		settings: { customerId: merchant.customerId, facilityId: merchant.facilityId },
		secret: [],
		everyMinutes: { "shipments/fetch": 1, "inventory/fetch": 1, "warehouse/reconcile": 360 },
	});
}

/** A demo merchant as the database knows it. Merchants whose connections a person removed are left out. */
export interface DemoPlace {
	key: string;
	accountId: string;
	merchantId: string;
	shopConnectionId: string;
	warehouseConnectionId: string;
	credentialId: string;
}

/** The customer's number tells which merchant is which, whatever people renamed. */
async function findPlaces(tx: Transaction): Promise<DemoPlace[]> {
	const rows = await tx.sql<Omit<DemoPlace, "key"> & { customerId: number }>(
		`select distinct on (w."merchantId") w."accountId", w."merchantId", s."id" as "shopConnectionId",
		        w."id" as "warehouseConnectionId", k."id" as "credentialId", (w."values" ->> 'customerId')::int as "customerId"
		 from "User" u join "Membership" m on m."userId" = u."id" and m."role" = 'owner'
		 join "Connection" w on w."accountId" = m."accountId" and w."connectorKey" = 'extensiv-3pl' and w."archivedAt" is null
		 join "Credential" k on k."accountId" = w."accountId" and k."id" = w."credentialId" and k."values" ->> 'baseUrl' like 'http://127.0.0.1:%'
		 join "Connection" s on s."accountId" = w."accountId" and s."merchantId" = w."merchantId" and s."connectorKey" = 'vendure'
		  and s."archivedAt" is null and s."values" ->> 'apiUrl' like 'http://127.0.0.1:%'
		 where u."email" = $1 order by w."merchantId", w."id", s."id"`,
		[demoEmail],
	);
	return rows.flatMap(({ customerId, ...place }) => {
		const merchant = demoMerchants.find((one) => one.customerId === customerId);
		return merchant ? [{ ...place, key: merchant.key }] : [];
	});
}

/** Points the demo's connections to where its shops and warehouse listen now, and lets them go on. */
export async function pointDemo(floor: Floor): Promise<DemoPlace[]> {
	return systemTransaction(async (tx) => {
		const places = await findPlaces(tx);
		for (const place of places) {
			const { apiUrl } = floor.shops.get(place.key)?.settings ?? {};
			await setValue(tx, "Connection", { accountId: place.accountId, id: place.shopConnectionId, values: { apiUrl } });
			const { baseUrl } = floor.warehouse.settings;
			await setValue(tx, "Credential", { accountId: place.accountId, id: place.credentialId, values: { baseUrl } });
		}
		await tx.sql(
			`update "Connection" set "state" = 'active', "stateReason" = '' where "accountId" = any($1) and "state" = 'paused' and "stateReason" = $2`,
			[places.map((place) => place.accountId), restReason],
		);
		return places;
	});
}

/** Lets the demo's connections rest: without the demo there is nobody to answer them. Says whether there are any. */
export async function restDemo(): Promise<boolean> {
	return systemTransaction(async (tx) => {
		const places = await findPlaces(tx);
		for (const { accountId, shopConnectionId, warehouseConnectionId } of places)
			await tx.sql(
				`update "Connection" set "state" = 'paused', "stateReason" = $3 where "accountId" = $1 and "id" = any($2) and "state" = 'active'`,
				[accountId, [shopConnectionId, warehouseConnectionId], restReason],
			);
		return places.length > 0;
	});
}

async function setValue(
	tx: Transaction,
	table: "Connection" | "Credential",
	row: { accountId: string; id: string; values: object },
): Promise<void> {
	await tx.sql(
		`update "${table}" set "values" = "values" || $3::jsonb where "accountId" = $1 and "id" = $2 and not "values" @> $3::jsonb`,
		[row.accountId, row.id, JSON.stringify(row.values)],
	);
}
