import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
import { cancelSending } from "@/lib/services/orders/cancel-sending";
import { closeShipped } from "@/lib/services/orders/close-shipped";
import { enableSending } from "@/lib/services/orders/enable-sending";
import { holdOrder } from "@/lib/services/orders/hold-order";
import { markDelivered } from "@/lib/services/orders/mark-delivered";
import { releaseOrder } from "@/lib/services/orders/release-order";
import { sendInFull } from "@/lib/services/orders/send-backorder";
import { undoMark } from "@/lib/services/orders/undo-mark";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { type SplitWarehouses, splitWarehouses } from "@/lib/testing/split";
import { runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
let sandbox: ExtensivSandbox;
let split: SplitWarehouses;
beforeAll(async () => {
	sandbox = await startExtensivSandbox();
});
afterAll(() => sandbox.close());
/** East has 2 TEE and no MUG, West 1 MUG and no TEE. */
beforeEach(async () => {
	split = await splitWarehouses(journey, sandbox);
	await split.count("east", { TEE: 2, MUG: 0 });
	await split.count("west", { TEE: 0, MUG: 1 });
});

const both = [
	{ sku: "TEE", quantity: 2 },
	{ sku: "MUG", quantity: 1 },
];
const managedHere = (options: object = { backorders: "here" }) =>
	journey.tenant.sql(`update "Connection" set "options" = $2 where "id" = any($1)`, [
		[split.east.id, split.west.id],
		options,
	]);

describe("an order canceled in the cart", () => {
	it("is asked to be canceled at both warehouses", async () => {
		const placed = journey.place(both);
		await journey.download();
		await split.deliver();
		journey.shop.store.cancel(placed);
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		expect(await split.deliveries(placed.code)).toMatchObject([{ state: "canceled" }, { state: "canceled" }]);
		expect(await journey.statusOf(placed.code)).toBe("canceled");
	});

	it("after the first part was sent never sends the other", async () => {
		const placed = journey.place(both);
		await journey.download();
		await split.deliver(["east"]);
		expect(await journey.statusOf(placed.code)).toBe("at_wms");
		journey.shop.store.cancel(placed);
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		await split.deliver();
		expect([split.at("west", `${placed.code}-2`), await journey.statusOf(placed.code)]).toEqual([null, "canceled"]);
	});

	it("while the first part's answer is not known looks for that, and never sends the other", async () => {
		const placed = journey.place(both);
		await journey.download();
		journey.warehouse.faults.add({
			match: (call) => call.method === "POST" && call.path === "/orders",
			fault: { kind: "reset", when: "after" },
		});
		await split.deliver(["east"]);
		journey.shop.store.cancel(placed);
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		await split.retryNow();
		await split.deliver();
		expect(split.at("west", `${placed.code}-2`)).toBeNull();
		await runFlow(journey.tenant, journey.cart, "orders/cancel");
		expect(await split.deliveries(placed.code)).toMatchObject([{ state: "canceled" }]);
		expect(await journey.statusOf(placed.code)).toBe("canceled");
	});
});

describe("a line that is short everywhere", () => {
	it("waits at the first in rank, and goes when stock comes there", async () => {
		await managedHere();
		const placed = journey.place([...both.slice(0, 1), { sku: "MUG", quantity: 3 }]);
		await journey.download();
		const number = placed.code;
		await split.deliver();
		expect([split.at("east", number), split.at("west", `${number}-2`)]).toEqual([null, "1 MUG"]);
		expect((await split.read(number)).shares).toMatchObject([
			{
				state: "waits-for-stock",
				waitsFor: ["MUG: 2 needed, 0 available"],
				reason: "What it has, and what no warehouse has.",
			},
			{ state: "there" },
		]);
		await split.ship("west", `${number}-2`);
		expect(await journey.statusOf(number)).toBe("at_wms");
		await split.count("west", { MUG: 9 });
		await split.deliver();
		expect(split.at("east", number)).toBeNull();
		await split.count("east", { MUG: 2 });
		await split.deliver();
		expect(split.at("east", number)).toBe("2 TEE, 2 MUG");
		await split.ship("east", number);
		expect(await journey.statusOf(number)).toBe("confirmed");
		expect(
			await journey.tenant.sql(`select "waitingQuantity" as "waits" from "OrderLine" where "waitingQuantity" > 0`),
		).toEqual([]);
	});

	it("goes in further parts, with numbers that no other part has", async () => {
		await managedHere({ backorders: "here", allowPartial: true });
		const number = await split.place([...both.slice(0, 1), { sku: "MUG", quantity: 3 }]);
		await split.deliver();
		expect([split.at("east", number), split.at("west", `${number}-2`)]).toEqual(["2 TEE", "1 MUG"]);
		await split.count("east", { MUG: 1 });
		await split.deliver();
		await sendInFull(journey.tenant.scope, await journey.orderIdOf(number));
		await split.deliver();
		expect([split.at("east", `${number}-3`), split.at("east", `${number}-4`)]).toEqual(["1 MUG", "1 MUG"]);
		expect([split.created("west", `${number}-2`), split.created("east", number)]).toEqual([1, 1]);
		expect((await split.read(number)).backorderedAt).toBeNull();
	});

	it("is sent at once where the first in rank manages backorders itself", async () => {
		const number = await split.place([{ sku: "MUG", quantity: 3 }]);
		await split.deliver();
		expect([split.at("east", number), split.at("west", `${number}-2`)]).toEqual(["2 MUG", "1 MUG"]);
	});
});

describe("an order of which nothing has left", () => {
	const refuseAtEast = () =>
		journey.warehouse.faults.add({
			match: (call) => call.method === "POST" && call.path === "/orders",
			fault: { kind: "status", when: "before", status: 400, body: { ErrorCode: "Invalid" } },
		});
	const names = async (number: string) => (await split.shares(number)).map(({ connection }) => connection.name);

	it("is planned anew when a person sends it again, by the stock of then", async () => {
		const number = await split.place(both);
		refuseAtEast();
		await split.deliver(["east"]);
		expect([await journey.statusOf(number), await names(number)]).toEqual(["error", ["East", "West"]]);
		await split.count("west", { TEE: 9 });
		await split.resend(number);
		await split.deliver();
		expect([split.at("west", `${number}-2`), split.at("east", number)]).toEqual(["2 TEE, 1 MUG", null]);
		expect(await names(number)).toEqual(["West"]);
		expect(await split.deliveries(number)).toMatchObject([{ state: "canceled" }, { state: "accepted" }]);
	});

	it("is planned anew when it was changed in the cart", async () => {
		const placed = journey.place(both);
		await journey.download();
		refuseAtEast();
		await split.deliver(["east"]);
		for (const line of placed.lines) line.quantity = 1;
		journey.shop.store.touch(placed);
		await journey.download();
		journey.warehouse.faults.clear();
		await split.deliver();
		expect([split.at("east", placed.code), split.at("west", `${placed.code}-2`)]).toEqual(["1 TEE", "1 MUG"]);
	});

	it("is held whole, and marked as delivered and taken back like any other", async () => {
		const number = await split.place(both);
		const id = await journey.orderIdOf(number);
		await holdOrder(journey.tenant.scope, id, "wait");
		await split.deliver();
		expect(await split.deliveries(number)).toEqual([]);
		await releaseOrder(journey.tenant.scope, id);
		await markDelivered(journey.tenant.scope, id, { number: "", reason: "", connectionId: split.east.id });
		await split.deliver();
		expect([split.at("east", number), split.at("west", `${number}-2`)]).toEqual([null, null]);
		await undoMark(journey.tenant.scope, id);
		await split.deliver();
		expect([split.at("east", number), split.at("west", `${number}-2`)]).toEqual(["2 TEE", "1 MUG"]);
	});
});

describe("an order of which one part has left", () => {
	async function halfSent() {
		const number = await split.place(both);
		await split.deliver(["east"]);
		return { number, id: await journey.orderIdOf(number) };
	}

	it("has a rest that can be held and released, and stopped and let go again", async () => {
		const { number, id } = await halfSent();
		await holdOrder(journey.tenant.scope, id, "wait");
		await split.deliver();
		await releaseOrder(journey.tenant.scope, id);
		await cancelSending(journey.tenant.scope, id);
		await split.deliver();
		expect(split.at("west", `${number}-2`)).toBeNull();
		await enableSending(journey.tenant.scope, id);
		await split.deliver();
		expect([split.at("west", `${number}-2`), split.created("east", number)]).toEqual(["1 MUG", 1]);
	});

	it("stays open when that part ships, until the other does or a person closes it", async () => {
		const { number, id } = await halfSent();
		await split.ship("east", number);
		expect(await journey.statusOf(number)).toBe("at_wms");
		await closeShipped(journey.tenant.scope, id);
		await split.deliver();
		expect([split.at("west", `${number}-2`), await journey.statusOf(number)]).toEqual([null, "confirmed"]);
	});

	it("goes on when its warehouse cancels that part, which is not sent again", async () => {
		const { number } = await halfSent();
		journey.warehouse.store.cancel(journey.atWarehouse(number));
		await split.run("east", "cancels/fetch");
		expect(await split.deliveries(number)).toMatchObject([{ state: "canceled" }]);
		await split.deliver();
		await split.resend(number).catch(() => {});
		await split.deliver();
		expect([split.at("west", `${number}-2`), split.created("east", number)]).toEqual(["1 MUG", 1]);
		await split.ship("west", `${number}-2`);
		expect(["shipped", "confirmed"]).toContain(await journey.statusOf(number));
	});

	it("waits for a person when the other warehouse is gone, and goes with the first then", async () => {
		const { number, id } = await halfSent();
		await journey.tenant.sql(`update "Connection" set "archivedAt" = now() where "id" = $1`, [split.west.id]);
		await split.deliver(["east"]);
		expect(await split.read(number)).toMatchObject({ held: true, heldBy: ["rule"] });
		await releaseOrder(journey.tenant.scope, id);
		await split.deliver(["east"]);
		expect(split.at("east", `${number}-2`)).toBe("1 MUG");
	});

	it("is no difference to a reconciliation, and what is missing there is sent again once", async () => {
		const { number } = await halfSent();
		await split.deliver();
		await journey.tenant.sql(`update "Delivery" set "acceptedAt" = now() - interval '1 day'`);
		expect(await split.run("east", "warehouse/reconcile")).toMatchObject({ state: "done" });
		expect(await split.run("west", "warehouse/reconcile")).toMatchObject({ state: "done" });
		expect(await journey.tenant.sql(`select "kind" from "ReconciliationDifference"`)).toEqual([]);
		expect([split.created("east", number), split.created("west", `${number}-2`)]).toEqual([1, 1]);
	});

	it("counts in stock at the warehouse that has the share, once", async () => {
		await halfSent();
		await split.count("east", { TEE: 7 });
		await split.count("west", { MUG: 9 });
		await journey.tenant.sql(`update "Connection" set "liveAt" = now() where "id" = $1`, [journey.cart.id]);
		await runFlow(journey.tenant, journey.cart, "inventory/upload");
		const figures = () =>
			journey.tenant.sql<{ sku: string; quantity: number }>(
				`select "sku", "quantity" from "InventoryFigure" order by "sku"`,
			);
		// East counted after it had its part; what West has still to send is not in its count.
		expect(await figures()).toMatchObject([
			{ sku: "MUG", quantity: 8 },
			{ sku: "TEE", quantity: 7 },
		]);
	});
});
