import { expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";

testDatabase({ PRIVATE_HOSTS: "127.0.0.1" });
const journey = testJourney();

it("a warehouse that must not know the shopper is not told in any request", async () => {
	const suppress = (on: boolean) =>
		journey.tenant.sql(`update "Connection" set "options" = $1 where "id" = $2`, [
			{ suppressPersonalData: on },
			journey.wms.id,
		]);
	const told = async (number: string) => JSON.stringify(journey.atWarehouse(number));
	const open = journey.place();
	await journey.download();
	await journey.deliver();
	const [row] = await journey.tenant.sql<{ document: { shipTo: Record<string, string> } }>(
		`select "document" from "Order" where "number" = $1`,
		[open.code],
	);
	const { name, line1, phone } = row?.document.shipTo ?? {};
	const secrets = [name, line1, phone].filter((value): value is string => Boolean(value));
	expect(secrets.length).toBeGreaterThan(1);
	for (const secret of secrets) expect(await told(open.code)).toContain(secret);

	await suppress(true);
	const closed = journey.place();
	await journey.download();
	await journey.deliver();
	expect(await journey.statusOf(closed.code)).toBe("at_wms");
	for (const secret of secrets) expect(await told(closed.code)).not.toContain(secret);
	expect(await told(closed.code)).toContain(`Order ${closed.code}`);
});
