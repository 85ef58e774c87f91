import { expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";
import { after, hourMs } from "@/lib/time";

testDatabase();
const journey = testJourney();
const later = (hours: number) => ({ now: () => after(new Date(), hours * hourMs) });

it("an order behind the cursor, as when a later page came in place of its own, is found within six hours", async () => {
	const before = journey.place();
	await journey.download();
	const missed = journey.place();
	// What a later page in place of the one asked for does: the cursor passes what nobody has read.
	const ahead = JSON.stringify({ since: after(new Date(), hourMs).toISOString(), skip: 0 });
	await journey.tenant.sql(`update "Flow" set "cursor" = $2 where "id" = $1`, [
		journey.cart.flows["orders/download"],
		ahead,
	]);
	await runFlow(journey.tenant, journey.cart, "orders/download", later(5));
	expect(await journey.statusOf(missed.code)).toBeUndefined();
	await runFlow(journey.tenant, journey.cart, "orders/download", later(7));
	expect(await journey.statusOf(missed.code)).toBe("new");
	expect(await journey.statusOf(before.code)).toBe("new");
	const [flow] = await journey.tenant.sql<{ cursor: unknown }>(`select "cursor" from "Flow" where "id" = $1`, [
		journey.cart.flows["orders/download"],
	]);
	expect(flow?.cursor).toEqual(JSON.parse(ahead));
	// What was read again is not read again at once.
	const asked = journey.shop.calls();
	await runFlow(journey.tenant, journey.cart, "orders/download", later(8));
	expect(journey.shop.calls() - asked).toBe(1);
});
