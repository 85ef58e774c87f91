import { gunzipSync, gzipSync } from "node:zlib";
import { expect } from "vitest";
import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { raiseAlerts } from "@/lib/flow/run/alerts";
import { commentAlert } from "@/lib/services/alerts/comment-alert";
import { snoozeAlert } from "@/lib/services/alerts/snooze-alert";
import { startBulk } from "@/lib/services/bulk/start-bulk";
import { createOrderView } from "@/lib/services/order-views/create-order-view";
import { exportOrders } from "@/lib/services/orders/export-orders";
import { holdOrder } from "@/lib/services/orders/hold-order";
import { releaseOrder } from "@/lib/services/orders/release-order";
import { runErasure } from "@/lib/services/privacy/run-erasure";
import type { TestJourney } from "./journey";
import { walkEverything } from "./walk-everything";

/** A shopper whose every word is found nowhere else. */
export const shopper = {
	name: "Quillon Vexworth",
	street: "99 Zebulon Quay",
	mail: "quillon@vexworth.test",
	phone: "7755559876",
	note: "Ring the brass bell, says Quillon",
	zip: "88117",
};
/** Staff of the whole account. */
export function staffOf({ tenant }: TestJourney): Scope {
	const { merchantId: _, ...rest } = tenant.scope;
	return { ...rest, actor: { type: "user", id: "usr_tester", name: "Tester" } };
}

/** Where the shopper, or what else is given, still stands. */
export function tracesOf(journey: TestJourney, url: string, words = Object.values(shopper)): Promise<string[]> {
	return walkEverything({ url, accountId: journey.tenant.accountId }, words);
}

/** An order of the shopper, who left traces wherever one can. */
export async function placeAndTalk(journey: TestJourney) {
	const placed = journey.shop.store.place({
		lines: [{ sku: "TEE", quantity: 1 }],
		customer: { firstName: "Quillon", lastName: "Vexworth", emailAddress: shopper.mail },
		address: {
			fullName: shopper.name,
			streetLine1: shopper.street,
			phoneNumber: shopper.phone,
			postalCode: shopper.zip,
		},
	});
	await journey.download();
	const orderId = await journey.orderIdOf(placed.code);
	await journey.tenant.sql(
		`update "Order" set "document" = "document" || jsonb_build_object('note', $2::text, 'giftMessage', $2::text) where "id" = $1`,
		[orderId, shopper.note],
	);
	await holdOrder(staffOf(journey), orderId, `${shopper.name} calls back on ${shopper.phone}`);
	await releaseOrder(staffOf(journey), orderId);
	await journey.deliver();
	return { placed, orderId };
}

export async function ship(journey: TestJourney, code: string): Promise<void> {
	await journey.ship(code);
	expect(await journey.statusOf(code)).toBe("confirmed");
}

/** What other systems may say of a person in words of their own. */
export async function quote(journey: TestJourney, orderId: string): Promise<void> {
	const { sql, accountId, merchantId, scope } = journey.tenant;
	const said = `cannot deliver to ${shopper.name}, ${shopper.street}`;
	await sql(`update "Attempt" set "message" = $1`, [said]);
	await sql(`update "RunRecord" set "reason" = $1`, [said]);
	await sql(`update "Run" set "message" = $1`, [said]);
	await sql(`update "Confirmation" set "problem" = $1`, [said]);
	await sql(`update "Delivery" set "problem" = $1, "cancelReason" = $1`, [said]);
	await sql(`update "Order" set "problem" = $2, "heldReason" = $2 where "id" = $1`, [orderId, said]);
	const cause = { cause: "order:quoted", code: "bad-input" as const, facts: { field: "address", problem: said } };
	await transact(scope, (tx) => raiseAlerts(tx, { accountId, merchantId }, [cause], new Date()));
	await quoteByHand(journey, orderId, said);
	const packs = await sql<{ id: string; content: Buffer }>(
		`select "id", "content" from "Exchange" where "content" is not null`,
	);
	for (const { id, content } of packs) {
		const parts = JSON.parse(gunzipSync(content).toString("utf8"));
		parts[0].answerBody = JSON.stringify({ error: said });
		await sql(`update "Exchange" set "content" = $2, "url" = $3, "error" = $4 where "id" = $1`, [
			...[
				id,
				gzipSync(JSON.stringify(parts)),
				`https://shop.example/find?mail=${encodeURIComponent(shopper.mail)}`,
				said,
			],
		]);
	}
}

/** What staff write of a shopper, and what rules and reconciliations noted. */
async function quoteByHand(journey: TestJourney, orderId: string, said: string): Promise<void> {
	const { sql, staffSql, accountId, merchantId } = journey.tenant;
	const staff = staffOf(journey);
	const [alert] = await sql<{ id: string }>(`select "id" from "Alert" where "cause" = 'order:quoted'`);
	await commentAlert(staff, alert?.id ?? "", `${shopper.name} called from ${shopper.phone}`);
	await snoozeAlert(staff, alert?.id ?? "", new Date(Date.now() + 3_600_000).toISOString());
	const view = { filter: { search: shopper.mail }, columns: ["number" as const], shared: true };
	await createOrderView(staff, { name: `${shopper.name} ${newId("viw")}`, ...view });
	await exportOrders(staff, { search: shopper.mail });
	const bulk = await startBulk(staff, { verb: "hold", reason: said, shipping: "", orderIds: [orderId] });
	const problems = JSON.stringify([{ id: orderId, number: "1", sentence: said }]);
	await staffSql(`update "BulkOperation" set "problems" = $2, "state" = 'done', "endedAt" = now() where "id" = $1`, [
		...[bulk.id, problems],
	]);
	const [version, difference] = [newId("rlv"), newId("dif")];
	await sql(
		`insert into "RuleVersion" ("id", "accountId", "merchantId", "number", "rules", "publishedBy")
		 select $1, $2, $3, count(*) + 1, '[]', 'Tester' from "RuleVersion"`,
		[version, accountId, merchantId],
	);
	await sql(
		`insert into "OrderRuling" ("accountId", "merchantId", "orderId", "versionId", "facts", "outcomes", "result", "decidedAt")
		 values ($1, $2, $3, $4, $5, '[]', '{}', now())`,
		[accountId, merchantId, orderId, version, { texts: { shipToName: shopper.name, email: shopper.mail } }],
	);
	await sql(
		`insert into "ReconciliationDifference" ("id", "accountId", "merchantId", "connectionId", "kind", "subject", "label", "orderId",
		   "sentence", "facts", "lastRoundId", "firstSeenAt", "lastSeenAt")
		 values ($1, $2, $3, $4, 'not-told', $1, '1', $5, $6, $7, 'rec_test', now(), now())`,
		[difference, accountId, merchantId, journey.cart.id, orderId, said, { problem: said }],
	);
	await sql(
		`insert into "WarehouseCancellation" ("id", "accountId", "merchantId", "orderId", "deliveryId", "connectionId", "key", "canceledAt",
		   "reason", "partly", "state", "problem", "createdAt")
		 select $1, d."accountId", d."merchantId", d."orderId", d."id", $3, $1, now(), $4, true, 'dealt', $4, now() from "Delivery" d where d."orderId" = $2`,
		[newId("wcn"), orderId, journey.cart.id, said],
	);
}

/** Does what waits, as the worker would. */
export async function eraseWaiting(
	journey: TestJourney,
	options: { batch?: number; now?: () => Date; signal?: AbortSignal } = {},
): Promise<void> {
	const waiting = await systemPool().query<{ id: string; accountId: string; merchantId: string }>(
		`select "id", "accountId", "merchantId" from "Erasure" where "state" <> 'done' and "accountId" = $1 order by "id"`,
		[journey.tenant.accountId],
	);
	for (const row of waiting.rows) await runErasure(row, { signal: new AbortController().signal, ...options });
}

export async function erasures(journey: TestJourney) {
	return journey.tenant.sql(
		`select "kind", "state", "orders", "openOrders", "sealed", "hint" from "Erasure" order by "id"`,
	);
}
