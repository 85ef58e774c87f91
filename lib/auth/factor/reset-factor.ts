/** What whoever runs Crossdock does for a person who lost phone, passkeys and recovery codes. */
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import { systemTransaction } from "@/lib/db/system";
import { log } from "@/lib/log";
import { mailChange } from "./tell-change";

/**
 * Takes a person's second factor away and ends all their sessions; each of their accounts notes it, and they are told
 * by mail. Gives whether that mail went out, or null when nobody has the address or the person has no factor.
 */
export async function resetFactor(email: string): Promise<{ mailed: boolean } | null> {
	const address = email.trim().toLowerCase();
	const userId = await systemTransaction(async (tx) => {
		const [person] = await tx.sql<{ id: string }>(`select "id" from "User" where "email" = $1 for update`, [address]);
		if (!person) return null;
		const apps = await tx.sql(`delete from "Authenticator" where "userId" = $1 returning 1`, [person.id]);
		const passkeys = await tx.sql(`delete from "Passkey" where "userId" = $1 returning 1`, [person.id]);
		await tx.sql(`delete from "RecoveryCode" where "userId" = $1`, [person.id]);
		if (apps.length + passkeys.length === 0) return null;
		await tx.sql(`delete from "Session" where "userId" = $1`, [person.id]);
		const memberships = await tx.sql<{ accountId: string }>(
			`select "accountId" from "Membership" where "userId" = $1`,
			[person.id],
		);
		for (const { accountId } of memberships)
			await audit(
				tx,
				{ accountId, actor: { type: "job", task: "reset-factor" }, may: new Set(), requestId: newId("req") },
				{ action: "second-factor.reset", subjectType: "user", subjectId: person.id },
			);
		return person.id;
	});
	if (!userId) return null;
	log().warn({ userId }, "a second factor was reset by whoever runs this installation");
	const mailed = await mailChange(
		address,
		"Whoever runs this Crossdock reset your second factor and signed you out everywhere. A link from your mail is enough to sign in until you set up a new one.",
	);
	return { mailed };
}
