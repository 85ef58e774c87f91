import { beforeEach, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";

testDatabase();
const journey = testJourney();
let owner: TestPerson;

beforeEach(async () => {
	owner = await createTestPerson({ accountId: journey.tenant.accountId, role: "owner" });
	await journey.tenant.sql(
		`update "Flow" set "mode" = 'automatic' where "job" = 'orders/deliver' and "connectionId" = $1`,
		[journey.wms.id],
	);
});

const path = (connectionId = journey.cart.id) =>
	`/accounts/${journey.tenant.accountId}/connections/${connectionId}/ship-methods`;
const post = async (address: string, body: object, status = 200) => {
	const answer = await owner.call("POST", address, body);
	expect(answer.status, JSON.stringify(answer.body)).toBe(status);
	return answer.body;
};
const read = async (address = path()) => (await owner.call("GET", address)).body;
const rowOf = async (code: string) =>
	(await read()).rows.find((row: { code: string }) => row.code.toLowerCase() === code.toLowerCase());
const refuse = () => post(path(), { changes: [], unmapped: "refuse" });
const openAlerts = () =>
	journey.tenant.sql(
		`select "cause", "code", "count", "side", "sentence" from "Alert" where "resolvedAt" is null order by "cause"`,
	);

async function order(code: string, name = code, country = "US") {
	const placed = journey.shop.store.place({
		lines: [{ sku: "TEE", quantity: 1 }],
		method: { code, name },
		...(country !== "US" && { address: { countryCode: country } }),
	});
	return placed.code;
}

async function hold(code: string, count = 1): Promise<string[]> {
	await refuse();
	const numbers = await Promise.all(Array.from({ length: count }, () => order(code)));
	await journey.download();
	await journey.deliver();
	return numbers;
}

const mapped = async (code: string, carrier: string, service: string) => {
	const row = await rowOf(code);
	return { id: row?.id, code, action: "map", carrier, service };
};

describe("a code that nobody mapped", () => {
	it("is on the cart's list by itself, and passes through unless the cart refuses it", async () => {
		const number = await order("ECO", "Eco Saver");
		await journey.download();
		await journey.download();
		expect(await rowOf("ECO")).toMatchObject({ name: "Eco Saver", action: "unmapped", waiting: 0 });
		await journey.deliver();
		expect(journey.atWarehouse(number).routingInfo).toMatchObject({ mode: "ECO" });
	});

	it("on 4 orders makes 1 alert with count 4 and no call, and its mapping sends all 4", async () => {
		const numbers = await hold("ECO", 4);
		for (const number of numbers) {
			expect(await journey.statusOf(number)).toBe("error");
			expect(journey.created(number)).toBe(0);
		}
		expect(await openAlerts()).toEqual([
			{
				...{ cause: `ship-method:${journey.cart.id}:ECO`, code: "unmapped-ship-method", count: 4, side: "mapping" },
				sentence: 'Orders of vendure wait: its ship method "ECO" is not mapped.',
			},
		]);
		const listed = (await owner.call("GET", `/accounts/${journey.tenant.accountId}/alerts`)).body.items[0];
		expect(listed.path).toBe(`mappings/ship-methods?cart=${journey.cart.id}&q=ECO`);
		const alert = await read(`/accounts/${journey.tenant.accountId}/alerts/${listed.id}`);
		expect(alert).toMatchObject({ waiting: 4, mapping: { connectionId: journey.cart.id, code: "ECO" } });
		const id = await journey.orderIdOf(numbers[0] ?? "");
		const problem = expect.stringContaining('"ECO" is not mapped');
		const held = { problemCode: "unmapped-ship-method", problem };
		expect(await read(`/accounts/${journey.tenant.accountId}/orders/${id}`)).toMatchObject(held);

		const change = await mapped("ECO", "UPS", "Ground");
		expect(await post(`${path()}/preview`, { changes: [change] })).toMatchObject({ released: 4, held: 0, changed: 0 });
		expect(await openAlerts()).toHaveLength(1);
		const saved = await post(path(), { changes: [change] });
		expect(saved).toMatchObject({ saved: 1, released: 4 });
		expect(await openAlerts()).toEqual([]);
		const jobs = await journey.tenant.sql(`select "kind" from "OrderEvent" where "kind" = 'released'`);
		expect(jobs).toHaveLength(4);
		await journey.deliver();
		for (const number of numbers) {
			expect(await journey.statusOf(number)).toBe("at_wms");
			expect(journey.atWarehouse(number).routingInfo).toMatchObject({ carrier: "UPS", mode: "Ground" });
		}
	});

	it("keeps its alert at the number of orders that wait, however often they are tried", async () => {
		const [number = ""] = await hold("ECO", 2);
		await post(`/accounts/${journey.tenant.accountId}/orders/${await journey.orderIdOf(number)}/resend`, {});
		await journey.deliver();
		expect(await openAlerts()).toMatchObject([{ count: 2 }]);
		await order("SLOW");
		await journey.download();
		await journey.deliver();
		expect(await openAlerts()).toMatchObject([{ count: 2 }, { count: 1 }]);
	});

	it("lets go only what a condition lets go, and says how many wait still", async () => {
		await refuse();
		const [home, abroad] = [await order("ECO"), await order("ECO", "ECO", "CA")];
		await journey.download();
		await journey.deliver();
		const change = {
			code: "ECO",
			conditions: { countries: ["CA"] },
			action: "map",
			carrier: "Canada Post",
			service: "",
		};
		expect(await post(path(), { changes: [change] })).toMatchObject({ released: 1 });
		expect([await journey.statusOf(home), await journey.statusOf(abroad)]).toEqual(["error", "new"]);
		expect(await openAlerts()).toMatchObject([{ count: 1 }]);
		// The fallback takes the rest.
		await post(path(), { changes: [{ code: "*", action: "pass" }] });
		expect(await openAlerts()).toEqual([]);
	});

	it("waits no more when the cart passes such codes through again", async () => {
		const [number = ""] = await hold("ECO");
		const answer = await owner.call("PATCH", `/accounts/${journey.tenant.accountId}/connections/${journey.cart.id}`, {
			...{ values: {}, options: { unmappedShipMethods: "pass" } },
		});
		expect(answer.status, JSON.stringify(answer.body)).toBe(200);
		expect(await openAlerts()).toEqual([]);
		await journey.deliver();
		expect(await journey.statusOf(number)).toBe("at_wms");
	});
});

describe("a change of ship methods", () => {
	it("is taken back by what it answers, and says before what it does to orders that wait", async () => {
		await order("ECO");
		await journey.download();
		const row = await rowOf("ECO");
		const change = { id: row.id, code: "ECO", action: "map", carrier: "UPS", service: "Ground" };
		expect(await post(`${path()}/preview`, { changes: [change] })).toMatchObject({ released: 0, changed: 1, held: 0 });
		expect(await post(`${path()}/preview`, { changes: [], unmapped: "refuse" })).toMatchObject({ held: 1 });
		const { undo } = await post(path(), { changes: [change, { code: "X*", action: "pass" }], unmapped: "refuse" });
		expect((await read()).rows).toHaveLength(2);
		const back = await post(path(), undo);
		expect(await read()).toMatchObject({ policy: "pass", rows: [{ code: "ECO", action: "unmapped", carrier: "" }] });
		await post(path(), back.undo);
		expect(await read()).toMatchObject({ policy: "refuse", rows: [{ code: "ECO", carrier: "UPS" }, { code: "X*" }] });
		const audit = await journey.tenant.sql<{ after: object }>(
			`select "after" from "AuditEntry" where "action" = 'ship-methods.saved' order by "id" limit 1`,
		);
		expect(audit[0]?.after).toMatchObject({ mappings: ["ECO: UPS Ground", "X*: passed through"], unmapped: "refuse" });
	});

	it("is refused with the row's name when it asks the same twice, or maps to nothing", async () => {
		await order("ECO");
		await journey.download();
		const twice = await post(path(), { changes: [{ code: "eco", action: "pass" }] }, 422);
		expect(twice.detail).toContain("is on the list twice");
		const nothing = await post(path(), { changes: [{ code: "NEW", action: "map" }] }, 422);
		expect(nothing.detail).toContain("needs a carrier or a service");
		expect((await read()).rows).toHaveLength(1);
	});

	it("comes from a file after a dry run, and what is bad comes back as a file", async () => {
		const [number = ""] = await hold("ECO");
		const text = [
			"Code,Countries,Becomes,Carrier,Service",
			"ECO,,mapped,UPS,Ground",
			"*,CA MX,passed through,,",
			"BAD,,mapped,,",
			"WORSE,,perhaps,,",
			"eco,,passed through,,",
		].join("\n");
		const dry = await post(`${path()}/import`, { text, apply: false });
		expect(dry).toMatchObject({
			counts: { new: 1, change: 1, same: 0, refused: 3 },
			effect: { released: 1 },
			saved: 0,
		});
		expect(dry.refusedFile).toContain("BAD,,mapped,,,BAD: needs a carrier or a service");
		expect(dry.refusedFile).toContain("Asks the same as line 2");
		expect(await journey.statusOf(number)).toBe("error");
		expect(await post(`${path()}/import`, { text, apply: true })).toMatchObject({ saved: 2, released: 1 });
		const file = await owner.call("GET", `${path()}/export`);
		expect(file.status).toBe(200);
		const again = await post(`${path()}/import`, { text: file.body, apply: false });
		expect(again.counts).toEqual({ new: 0, change: 0, same: 2, refused: 0 });
	});

	it("can choose from what the warehouse lists, and is suggested what is alike", async () => {
		await order("ups-groun", "UPS Ground delivery");
		await journey.download();
		const asked = await post(`${path()}/refresh`, {});
		expect(asked.listed).toBeGreaterThan(0);
		expect(await post(`${path()}/refresh`, {})).toMatchObject({ listed: asked.listed, added: 0 });
		expect(await rowOf("ups-groun")).toMatchObject({ suggestion: { carrier: "UPS", service: "Ground" } });
	});

	it("of a cart of somebody else is not found", async () => {
		const stranger = await createTestPerson({ accountId: journey.tenant.accountId, role: "viewer" });
		expect((await stranger.call("POST", path(), { changes: [] })).status).toBe(403);
		expect((await owner.call("GET", path(journey.wms.id))).status).toBe(404);
	});
});
