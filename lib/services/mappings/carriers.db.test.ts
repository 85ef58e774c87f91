import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
let owner: TestPerson;

beforeEach(async () => {
	owner = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
});

const path = (connectionId: string) => `/accounts/${journey.tenant.accountId}/connections/${connectionId}/carriers`;
const post = async (address: string, body: object, status = 200) => {
	const answer = await owner.call("POST", address, body);
	expect(answer.status, JSON.stringify(answer.body)).toBe(status);
	return answer.body;
};
const read = async (address: string) => (await owner.call("GET", address)).body;

describe("the carrier of a shipment", () => {
	const ship = (number: string, carrier: string, trackingNumber: string) => {
		const sent = journey.atWarehouse(number);
		sent.routingInfo = { ...sent.routingInfo, carrier };
		journey.warehouse.store.ship(sent.readOnly.orderId, [{ trackingNumber, contents: [{ line: 0, qty: 1 }] }]);
		return runFlow(journey.tenant, journey.wms, "shipments/fetch");
	};
	const told = async (number: string) => {
		await runFlow(journey.tenant, journey.cart, "shipments/upload");
		return [...journey.shop.store.orders.values()].find(({ code }) => code === number)?.fulfillments[0]?.method;
	};
	const sendOne = async () => {
		const { code: number } = journey.place([{ sku: "TEE", quantity: 1 }]);
		await journey.download();
		await journey.deliver();
		return number;
	};
	const saveIn = async (from: string, to: string) => {
		const { rows } = await read(path(journey.wms.id));
		const row = rows.find((one: { from: { carrier: string } }) => one.from.carrier === from);
		const change = { id: row?.id, direction: "in", from: { carrier: from }, to: { carrier: to } };
		return post(path(journey.wms.id), { changes: [change] });
	};

	it("FDX is listed by itself, mapped to FEDEX, and the cart is told FEDEX", async () => {
		const number = await sendOne();
		await ship(number, "FDX", "986578788855");
		const listed = await read(path(journey.wms.id));
		expect(listed.rows).toMatchObject([
			{
				direction: "in",
				from: { carrier: "FDX" },
				to: null,
				shipments: 1,
				receives: [{ cart: "vendure", carrier: "FDX" }],
			},
		]);
		const { undo } = await saveIn("FDX", "FEDEX");
		expect((await read(path(journey.wms.id))).rows[0].receives).toMatchObject([{ carrier: "FEDEX" }]);
		expect(await told(number)).toMatch(/^FEDEX/);
		await post(path(journey.wms.id), { changes: undo });
		expect((await read(path(journey.wms.id))).rows[0].to).toBeNull();
	});

	it("that a cart refused goes out under the new name when its tracking is sent again", async () => {
		const number = await sendOne();
		await ship(number, "FDX", "986578788855");
		journey.shop.faults.add({
			match: (call) => call.method === "POST",
			fault: { kind: "status", status: 400, when: "before" },
		});
		await runFlow(journey.tenant, journey.cart, "shipments/upload");
		journey.shop.faults.clear();
		await saveIn("FDX", "FEDEX");
		const id = await journey.orderIdOf(number);
		await post(`/accounts/${journey.tenant.accountId}/orders/${id}/resend-tracking`, {});
		expect(await told(number)).toMatch(/^FEDEX/);
	});

	it("is found by the tracking number where the warehouse names none", async () => {
		const number = await sendOne();
		await ship(number, "", "TBC123456789012");
		expect(await told(number)).toMatch(/^AMAZON/);
	});

	it("can be tried out before anything ships", async () => {
		await saveIn("FDX", "FEDEX");
		await post(path(journey.cart.id), {
			changes: [{ direction: "out", from: { carrier: "FEDEX" }, to: { carrier: "fedex-shop" } }],
		});
		const tried = (body: object) => post(`${path(journey.wms.id)}/try`, body);
		expect((await tried({ carrier: "FDX" })).receives).toMatchObject([{ carrier: "fedex-shop", how: "mapped" }]);
		expect((await tried({ trackingNumber: "INTLCMA123456789" })).receives).toMatchObject([
			{ carrier: "INTELCOM", how: "tracking-number" },
		]);
		const wrong = await post(
			path(journey.cart.id),
			{ changes: [{ direction: "in", from: { carrier: "A" }, to: null }] },
			422,
		);
		expect(wrong.detail).toContain("only for warehouses");
	});
});
