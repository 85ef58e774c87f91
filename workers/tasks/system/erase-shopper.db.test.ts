import { beforeEach, describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import type { Scope } from "@/lib/db/scope";
import { readOrder } from "@/lib/services/orders/read-order";
import { askErasure, previewErasure } from "@/lib/services/privacy/ask-erasure";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { eraseWaiting, erasures, placeAndTalk, quote, ship, shopper, staffOf, tracesOf } from "@/lib/testing/shopper";
import { createThings } from "@/lib/testing/things";
import { forget } from "./forget";

const database = testDatabase();
const journey = testJourney();
const walk = (sought?: string[]) => tracesOf(journey, database.url(), sought);
let staff: Scope;

beforeEach(() => {
	staff = staffOf(journey);
});

describe("erasing one shopper", () => {
	it("replaces closed orders at once and open ones when they close, and forgets whom it was about", async () => {
		const first = await placeAndTalk(journey);
		await ship(journey, first.placed.code);
		await quote(journey, first.orderId);
		const second = await placeAndTalk(journey);
		const { tenant } = journey;
		expect(await previewErasure(staff, { by: "email", value: " Quillon@Vexworth.test " })).toEqual({
			merchants: [{ id: tenant.merchantId, name: "Blue Kettle", orders: 2, openOrders: 1 }],
		});
		await askErasure(staff, { by: "email", value: shopper.mail });
		const waiting = await walk([shopper.mail]);
		expect(waiting.filter((place) => /^(Erasure|_private_jobs)/.test(place))).toEqual([]);
		const asked = await journey.tenant.sql(`select * from "AuditEntry" where "action" = 'shopper.erasure-asked'`);
		expect(asked).toHaveLength(1);
		expect(JSON.stringify(asked)).not.toContain(shopper.mail);
		await eraseWaiting(journey);
		expect(await erasures(journey)).toMatchObject([
			{ state: "done", orders: 1, openOrders: 1, sealed: null, hint: "q•••@v•••.test" },
		]);
		expect(await journey.tenant.sql(`select "erasedAt" is not null as "erased" from "Order" order by "id"`)).toEqual([
			{ erased: true },
			{ erased: false },
		]);
		await ship(journey, second.placed.code);
		expect(await forget(new Date())).toBe(1);
		await eraseWaiting(journey);
		expect(await walk()).toEqual([]);
	});

	it.each([
		["phone", `+1 (775) 555-9876`],
		["email", shopper.mail],
	] as const)("finds them by %s, and nobody else", async (by, value) => {
		const { placed } = await placeAndTalk(journey);
		await ship(journey, placed.code);
		const other = journey.place();
		await journey.download();
		await askErasure(staff, { by, value });
		await eraseWaiting(journey);
		expect(await erasures(journey)).toMatchObject([{ orders: 1, openOrders: 0 }]);
		const kept = await readOrder(staff, await journey.orderIdOf(other.code));
		expect(kept.shipTo.name).toBe("Ann Example");
	});

	it("of one merchant leaves the same shopper's orders at another merchant", async () => {
		const { placed } = await placeAndTalk(journey);
		await ship(journey, placed.code);
		const neighbour = await createThings(journey.tenant, "Neighbour");
		await systemPool().query(
			`update "Order" set "status" = 'confirmed', "confirmedAt" = now(), "document" = "document" || $2 where "id" = $1`,
			[neighbour.orderId, { customer: { name: shopper.name, email: shopper.mail } }],
		);
		const merchant: Scope = { ...staff, merchantId: journey.tenant.merchantId };
		await expect(
			askErasure(merchant, { by: "email", value: shopper.mail, merchantId: neighbour.merchantId }),
		).rejects.toThrow(/no such merchant/);
		expect((await previewErasure(merchant, { by: "email", value: shopper.mail })).merchants).toHaveLength(1);
		await askErasure(merchant, { by: "email", value: shopper.mail });
		await eraseWaiting(journey);
		expect(await walk()).toEqual(["Order.document"]);
		expect((await previewErasure(staff, { by: "email", value: shopper.mail })).merchants).toMatchObject([
			{ id: neighbour.merchantId, orders: 1 },
		]);
	});

	it("refuses what could fit anybody, and says so when nobody fits", async () => {
		await expect(askErasure(staff, { by: "email", value: "quillon" })).rejects.toThrow(/not a mail address/);
		await expect(askErasure(staff, { by: "phone", value: "12 34" })).rejects.toThrow(/fewer than 7/);
		await expect(askErasure(staff, { by: "email", value: "nobody@x.test" })).rejects.toThrow(/no such shopper/);
	});
});
