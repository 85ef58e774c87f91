import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { systemTransaction } from "@/lib/db/system";
import { testDatabase } from "@/lib/testing/database";
import { issueSignInLink } from "./issue-sign-in-link";

testDatabase({ APP_URL: "https://crossdock.example" });

it("a sign-in link holds a token of which only the hash is kept, for fifteen minutes", async () => {
	const now = new Date("2026-11-21T10:00:00Z");
	const link = new URL(await issueSignInLink("ann+shop@example.test", now));
	expect(link.origin + link.pathname).toBe("https://crossdock.example/sign-in/confirm");
	expect(link.searchParams.get("email")).toBe("ann+shop@example.test");
	const token = link.searchParams.get("token") ?? "";
	expect(token.length).toBeGreaterThanOrEqual(43);
	const rows = await systemTransaction((tx) => tx.sql(`select "email", "tokenHash", "expiresAt" from "SignInToken"`));
	expect(rows).toEqual([
		{
			email: "ann+shop@example.test",
			tokenHash: createHash("sha256").update(token).digest("hex"),
			expiresAt: new Date("2026-11-21T10:15:00Z"),
		},
	]);
	expect(await issueSignInLink("ann+shop@example.test", now)).not.toBe(link.href);
});
