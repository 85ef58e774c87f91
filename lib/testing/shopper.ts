import { gunzipSync, gzipSync } from "node:zlib";
import { expect } from "vitest";
import { systemPool } from "@/lib/db/pools";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { raiseAlerts } from "@/lib/flow/run/alerts";
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
