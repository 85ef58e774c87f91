import { expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { createTestTenant } from "@/lib/testing/tenant";
import { after, hourMs } from "@/lib/time";
import { databaseTokenStore } from "./token-store";

testDatabase();

it("jobs that begin at once and find no token share the one that the first of them gets", async () => {
	const { scope } = await createTestTenant();
	const now = () => new Date();
	for (let round = 0; round < 25; round++) {
		let renewed = 0;
		const renew = async () => ({ value: `token ${++renewed}`, expiresAt: after(now(), hourMs) });
		const stores = Array.from({ length: 4 }, () => databaseTokenStore(scope, `con_round${round}`, now));
		const tokens = await Promise.all(stores.map((store) => store.get(renew)));
		expect(tokens.map(({ value }) => value)).toEqual(Array(4).fill("token 1"));
	}
});
