import { beforeEach, describe, expect, it } from "vitest";
import type { Connected } from "@/lib/testing/connect";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestConnection, runFlow } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
let second: Connected;

beforeEach(async () => {
	second = await createTestConnection(journey.tenant, {
		...{ connectorKey: "vendure", side: "source" as const, name: "Second", secret: ["apiKey"] },
		settings: journey.shop.settings,
	});
	await count(10);
});

async function count(units: number) {
	journey.warehouse.store.setStock("TEE", 2, units);
	await runFlow(journey.tenant, journey.wms, "inventory/fetch");
}

/** Both carts are told; gives the figure of TEE of each. */
async function upload() {
	const { tenant, cart } = journey;
	const told: (number | undefined)[] = [];
	for (const one of [cart, second]) {
		await runFlow(tenant, one, "inventory/upload");
		const [row] = await tenant.sql<{ pushed: number }>(
			`select "pushed" from "InventoryFigure" where "connectionId" = '${one.id}' and "sku" = 'TEE'`,
		);
		told.push(row?.pushed);
	}
	return told;
}

const rule = (connectionId: string, columns: Record<string, string | number>, sku = "") =>
	journey.tenant.sql(
		`insert into "StockRule" ("accountId", "merchantId", "connectionId", "sku", ${Object.keys(columns)
			.map((name) => `"${name}"`)
			.join(", ")})
		 values ('${journey.tenant.accountId}', '${journey.tenant.merchantId}', '${connectionId}', '${sku}', ${Object.values(
				columns,
			)
				.map((value) => (typeof value === "string" ? `'${value}'` : value))
				.join(", ")})`,
	);
const openAlerts = () =>
	journey.tenant.sql<{ sentence: string }>(
		`select "sentence" from "Alert" where "code" = 'oversold' and "resolvedAt" is null`,
	);

describe("stock of two carts", () => {
	it("is told in full to each while none has a share", async () => {
		expect(await upload()).toEqual([10, 10]);
	});

	it("shared 60/40 is 6 and 4, and after one unit is sold 5 and 4", async () => {
		await rule(journey.cart.id, { share: 60 });
		await rule(second.id, { share: 40 });
		expect(await upload()).toEqual([6, 4]);
		journey.place([{ sku: "TEE", quantity: 1 }]);
		await journey.download();
		expect(await upload()).toEqual([5, 4]);
	});

	it("keeps back and caps by cart, and otherwise for single items", async () => {
		await rule(journey.cart.id, { safetyStock: 2 });
		await rule(second.id, { cap: 5 });
		expect(await upload()).toEqual([8, 5]);
		await rule(journey.cart.id, { safetyStock: 4 }, "TEE");
		await rule(second.id, { cap: 1 }, "TEE");
		expect(await upload()).toEqual([6, 1]);
	});

	it("goes to the first cart alone once it is scarce", async () => {
		await rule(second.id, { priority: 2, scarceBelow: 5 });
		expect(await upload()).toEqual([10, 10]);
		await count(4);
		expect(await upload()).toEqual([4, 0]);
	});

	it("is shared by priority once it is scarce: the second cart's share goes to the first, up to its cap", async () => {
		await rule(journey.cart.id, { share: 60 });
		await rule(second.id, { share: 40, priority: 2, scarceBelow: 5 });
		expect(await upload()).toEqual([6, 4]);
		await count(4);
		expect(await upload()).toEqual([4, 0]);
		const [row] = await journey.tenant.sql<{ terms: unknown }>(
			`select "terms" from "InventoryFigure" where "connectionId" = '${journey.cart.id}' and "sku" = 'TEE'`,
		);
		expect(row?.terms).toContainEqual({
			...{ kind: "priority", amount: 2, detail: "" },
			label: "Scarce: the share of Second, which comes later",
		});
		await rule(journey.cart.id, { cap: 3 }, "TEE");
		expect(await upload(), "one is nobody's").toEqual([3, 0]);
		await count(5);
		expect(await upload()).toEqual([3, 2]);
	});

	it("counts only the locations that are chosen", async () => {
		journey.warehouse.store.setStock("TEE", 3, 7);
		await count(10);
		expect(await upload()).toEqual([17, 17]);
		await rule(second.id, { locations: `{${journey.wms.id}/3}` });
		expect(await upload()).toEqual([17, 7]);
		await rule(journey.cart.id, { locations: `{${journey.wms.id}/none}` });
		expect(await upload(), "none is left where it counts").toEqual([0, 7]);
		journey.warehouse.store.stock.delete("3/TEE");
	});
});

describe("the oversell guard", () => {
	it("names the item and the carts that sold it, and is silent once there is enough", async () => {
		await count(2);
		journey.place([{ sku: "TEE", quantity: 5 }]);
		await journey.download();
		expect(await upload()).toEqual([0, 0]);
		const [alert, ...more] = await openAlerts();
		expect(more).toEqual([]);
		expect(alert?.sentence).toContain("TEE is oversold: 5 units are sold, and 2 are there. Sold by ");
		await count(9);
		await upload();
		expect(await openAlerts()).toEqual([]);
	});
});
