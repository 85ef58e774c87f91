import { describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";

testDatabase();
const journey = testJourney();

describe("bad orders", () => {
	it.each([
		[
			"a negative quantity",
			(order: ReturnType<typeof journey.place>) =>
				order.lines.forEach((line) => {
					line.quantity = -2;
				}),
			/quantity.*more than 0/,
		],
		[
			"an unknown country",
			(order: ReturnType<typeof journey.place>) => {
				order.address.countryCode = "XX";
			},
			/shipTo\.country is not a country we know/,
		],
		[
			"an emoji for a name",
			(order: ReturnType<typeof journey.place>) => {
				order.address.fullName = "🎁🎁";
			},
			/shipTo\.name must contain at least one letter/,
		],
		[
			"a street of 10,000 characters",
			(order: ReturnType<typeof journey.place>) => {
				order.address.streetLine1 = "x".repeat(10_000);
			},
			/shipTo\.line1 must be at most 500/,
		],
	])("with %s are named with the field, and stop no neighbour", async (_, spoil, reason) => {
		const bad = journey.place();
		spoil(bad);
		const good = journey.place();
		expect(await journey.download()).toMatchObject({
			state: "done_with_problems",
			counts: { created: 1, failed: 1 },
		});
		expect(await journey.statusOf(good.code)).toBe("new");
		const [record] = await journey.tenant.sql<{ reason: string }>(
			`select "reason" from "RunRecord" where "outcome" = 'failed'`,
		);
		expect(record?.reason).toMatch(reason);
		// It is said once; corrected in the journey.cart, it loads.
		expect(await journey.download()).toMatchObject({ counts: { failed: 0 } });
	});
});
