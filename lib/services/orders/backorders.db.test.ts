import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson } from "@/lib/testing/people";
import { insertPurchaseOrder } from "@/lib/testing/purchase-orders";
import { runFlow } from "@/lib/testing/tenant";
import { readOverview } from "../overview/read-overview";
import { listBackorders } from "./list-backorders";
import { listOrders } from "./list-orders";
import { readOrder } from "./read-order";

testDatabase();
const journey = testJourney();

/** An order of 5, of which 3 were there. */
async function short(options: object) {
	const { tenant, wms, warehouse } = journey;
	await tenant.sql(`update "Connection" set "options" = $2 where "id" = $1`, [
		wms.id,
		{ backorders: "here", ...options },
	]);
	warehouse.store.setStock("TEE", 2, 3);
	await runFlow(tenant, wms, "inventory/fetch");
	const { code } = journey.place([{ sku: "TEE", quantity: 5 }]);
	await journey.download();
	await journey.deliver();
	return { number: code, id: await journey.orderIdOf(code) };
}

describe("an order that waits for stock", () => {
	it("is listed with its lines, why it waits, and what is on its way", async () => {
		const { id, number } = await short({ allowPartial: true });
		const { accountId, merchantId, scope } = journey.tenant;
		const purchaseOrderId = await insertPurchaseOrder({ accountId, merchantId, connectionId: journey.cart.id });
		await journey.tenant.sql(
			`insert into "PurchaseOrderLine" ("id", "accountId", "merchantId", "purchaseOrderId", "sourceLineId", "position", "sku", "expectedQuantity", "receivedQuantity")
			 values ('pol_1', $1, $2, $3, '1', 0, 'TEE', 40, 10)`,
			[accountId, merchantId, purchaseOrderId],
		);
		expect(await listBackorders(scope, { limit: 10 })).toMatchObject({
			items: [
				{
					...{ id, number, status: "at_wms", held: false },
					lines: [{ sku: "TEE", ordered: 5, sent: 3, waiting: 2 }],
					waitsFor: ["TEE: 2 needed, 0 available"],
					incoming: [{ sku: "TEE", units: 30, expectedAt: null }],
				},
			],
			next: null,
		});
		expect((await listOrders(scope, { limit: 10, state: "backordered" })).items.map((order) => order.id)).toEqual([id]);
		expect(await readOverview(scope, {})).toMatchObject({ backordered: 1 });
	});

	it("says on its page what was sent, what waits and why, and what a person can do", async () => {
		const { id, number } = await short({ allowPartial: true });
		expect(await readOrder(journey.tenant.scope, id)).toMatchObject({
			backordered: true,
			lines: [{ quantity: 5, sentQuantity: 3, waitingQuantity: 2, waitsFor: ["TEE: 2 needed, 0 available"] }],
			deliveries: [{ part: 1, number, state: "accepted" }],
			can: {
				sendAvailable: true,
				sendInFull: true,
				closeShipped: false,
				hold: true,
				edit: false,
				markDelivered: false,
			},
			journey: expect.arrayContaining([
				expect.objectContaining({
					kind: "ahead",
					title: "The rest waits for stock",
					detail: "TEE: 2 needed, 0 available.",
				}),
			]),
		});
	});

	it("goes in full when its warehouse is to manage backorders by itself", async () => {
		const { number, id } = await short({});
		expect((await readOrder(journey.tenant.scope, id)).journey.at(-1)).toMatchObject({ title: "Waits for stock" });
		const person = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
		const path = `/accounts/${journey.tenant.accountId}/connections/${journey.wms.id}`;
		const answer = await person.call("PATCH", path, { values: {}, options: { backorders: "warehouse" } });
		expect(answer.status, JSON.stringify(answer.body)).toBe(200);
		await journey.deliver();
		expect(journey.atWarehouse(number).items.map(({ qty }) => qty)).toEqual([5]);
		expect((await listBackorders(journey.tenant.scope, { limit: 10 })).items).toEqual([]);
	});
});
