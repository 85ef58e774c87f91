import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type ExtensivSandbox, startExtensivSandbox } from "@/lib/connectors/extensiv-3pl/sandbox";
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
beforeEach(async () => {
	split = await splitWarehouses(journey, sandbox);
	await split.count("east", { TEE: 5, MUG: 0 });
	await split.count("west", { TEE: 5, MUG: 5 });
});

const both = [
	{ sku: "TEE", quantity: 2 },
	{ sku: "MUG", quantity: 1 },
];

describe("an order of 2 TEE and 1 MUG", () => {
	it("goes whole to the warehouse that has all of it, though another is asked first", async () => {
		const number = await split.place(both);
		await split.deliver();
		expect([split.at("east", number), split.at("west", number)]).toEqual([null, "2 TEE, 1 MUG"]);
		expect((await split.shares(number)).map(({ reason }) => reason)).toEqual(["It has everything."]);
	});

	it("is split where none has all of it, told of from both, and closed when both have shipped", async () => {
		await split.count("west", { TEE: 0 });
		const placed = journey.place(both);
		await journey.download();
		const number = placed.code;
		await split.deliver();
		expect([split.at("east", number), split.at("west", `${number}-2`)]).toEqual(["2 TEE", "1 MUG"]);
		expect([split.at("west", number), split.at("east", `${number}-2`)]).toEqual([null, null]);
		expect(await journey.statusOf(number)).toBe("at_wms");
		await split.ship("east", number);
		expect(await journey.statusOf(number)).toBe("at_wms");
		await split.ship("west", `${number}-2`);
		expect(await journey.statusOf(number)).toBe("confirmed");
		expect(placed.fulfillments.map(({ lines }) => lines.map(({ quantity }) => quantity))).toEqual([[2], [1]]);
		expect(await journey.tenant.sql(`select 1 from "Alert"`)).toEqual([]);
	});

	it("says on its page what each sends, and why", async () => {
		await split.count("west", { TEE: 0 });
		const number = await split.place(both);
		await split.deliver();
		const order = await split.read(number);
		expect(order.shares).toMatchObject([
			{
				connection: { name: "East" },
				numbers: [number],
				lines: [{ sku: "TEE", quantity: 2 }],
				rest: [],
				state: "there",
			},
			{ connection: { name: "West" }, numbers: [`${number}-2`], lines: [{ sku: "MUG", quantity: 1 }], state: "there" },
		]);
		expect(order.rules?.did.join()).toContain("split by stock over East, then West");
		expect(JSON.stringify(order.journey)).toContain("2 × TEE at East; 1 × MUG at West");
	});
});

describe("a share whose warehouse does not answer", () => {
	beforeEach(() => split.count("west", { TEE: 0 }));

	it("is looked for under its number, and the other part is not sent again", async () => {
		const number = await split.place(both);
		sandbox.faults.add({
			match: (call) => call.method === "POST" && call.path === "/orders",
			fault: { kind: "reset", when: "after" },
		});
		await split.deliver();
		expect(await split.deliveries(number)).toEqual([
			{ part: 1, key: number, state: "accepted" },
			{ part: 2, key: `${number}-2`, state: "unknown" },
		]);
		await split.retryNow();
		await split.deliver();
		expect(await split.deliveries(number)).toMatchObject([{ state: "accepted" }, { state: "accepted" }]);
		expect([split.created("east", number), split.created("west", `${number}-2`)]).toEqual([1, 1]);
		expect(await journey.statusOf(number)).toBe("at_wms");
	});

	it("that was being sent when the process died is looked for", async () => {
		const number = await split.place(both);
		await split.deliver();
		await journey.tenant.sql(`update "Delivery" set "state" = 'sending', "externalId" = null where "part" = 2`);
		await split.deliver();
		await split.retryNow();
		await split.deliver();
		expect(await split.deliveries(number)).toMatchObject([{ state: "accepted" }, { state: "accepted" }]);
		expect([split.created("east", number), split.created("west", `${number}-2`)]).toEqual([1, 1]);
	});

	it("and is refused stops the order, says which part, and goes when it is sent again", async () => {
		const number = await split.place(both);
		sandbox.faults.add({
			match: (call) => call.method === "POST" && call.path === "/orders",
			fault: { kind: "status", when: "before", status: 400, body: { ErrorCode: "Invalid", Message: "No room" } },
		});
		await runFlow(journey.tenant, split.west, "orders/deliver");
		await runFlow(journey.tenant, split.east, "orders/deliver");
		expect(await journey.statusOf(number)).toBe("error");
		expect(split.at("east", number)).toBe("2 TEE");
		expect((await split.read(number)).shares).toMatchObject([
			{ state: "there", problem: null },
			{ state: "stopped", problem: expect.stringContaining("refused") },
		]);
		sandbox.faults.clear();
		await split.resend(number);
		await split.deliver();
		expect([split.at("west", `${number}-2`), await journey.statusOf(number)]).toEqual(["1 MUG", "at_wms"]);
		expect(split.created("east", number)).toBe(1);
	});
});

it("both warehouses at the same time, again and again, send every unit once", async () => {
	await split.count("east", { TEE: 30, MUG: 0 });
	await split.count("west", { TEE: 0, MUG: 30 });
	const numbers: string[] = [];
	for (let made = 0; made < 8; made++) numbers.push(journey.place(both).code);
	await journey.download();
	for (let round = 0; round < 3; round++) {
		if (round === 0)
			for (const one of [sandbox, journey.warehouse])
				one.faults.add({
					match: (call) => call.method === "POST" && call.path === "/orders",
					fault: { kind: "reset", when: "after" },
				});
		await Promise.all([split.deliver(["east"]), split.deliver(["west"])]);
		await split.retryNow();
	}
	// What one of them holds the other leaves for its next run.
	for (let round = 0; round < 2; round++) {
		await split.deliver();
		await split.retryNow();
	}
	for (const number of numbers) {
		expect([split.at("east", number), split.at("west", `${number}-2`)]).toEqual(["2 TEE", "1 MUG"]);
		expect([split.created("east", number), split.created("west", `${number}-2`)]).toEqual([1, 1]);
	}
	const other = await journey.tenant.sql<{ key: string }>(`select "key" from "Delivery" where "state" <> 'accepted'`);
	expect(other).toEqual([]);
});
