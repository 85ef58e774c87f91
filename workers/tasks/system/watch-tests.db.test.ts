import { afterEach, beforeEach, expect, it } from "vitest";
import { nameSubject } from "@/lib/services/integration-test/name-subject";
import { readTest } from "@/lib/services/integration-test/read-test";
import { startTest } from "@/lib/services/integration-test/start-test";
import { testDatabase } from "@/lib/testing/database";
import { type RubyHas, startRubyHas } from "@/lib/testing/ruby-has";
import { watchTests } from "./watch-tests";

testDatabase();
let hub: RubyHas;
beforeEach(async () => {
	hub = await startRubyHas();
});
afterEach(() => hub.close());

const look = () => watchTests(new AbortController().signal);

it("keeps what was seen although nobody has the page open, and looks at no test that is over", async () => {
	const { scope, sql } = hub.tenant;
	const { id } = await startTest(scope, { sourceId: hub.cart.id, destinationId: hub.wms.id });
	await nameSubject(scope, id, { flow: "orders", subject: "T-1" });
	hub.om.store.place({ number: "T-1", lines: [{ sku: "TEE", quantity: 1 }] });
	await hub.run("orders/download");
	await hub.run("orders/deliver");
	expect(await look()).toBe(1);
	// What was kept stands, whatever becomes of the order.
	await sql(`update "Order" set "number" = 'GONE'`);
	const [orders] = (await readTest(scope, id)).steps;
	expect(orders).toMatchObject({ done: true });
	await sql(`update "IntegrationTest" set "state" = 'ended', "endedAt" = now()`);
	expect(await look()).toBe(0);
});
