/** The second factor is given: at sign-in, where the session waits for it, and again before the ways in are changed. */
import { systemTransaction } from "@/lib/db/system";
import { AppError } from "@/lib/errors/app-error";
import { after } from "@/lib/time";
import type { Asker } from "../asker";
import { forgive, mustBeWithin } from "../limits";
import { sessionMs } from "../session-cookie";
import { spendDigits, wrongCode } from "./authenticator";
import { forgetIfNone, mustBeProven } from "./factors";
import { type SignedChallenge, spendPasskey } from "./passkeys";
import { keepCodes, newRecoveryCodes, spendRecoveryCode } from "./recovery-codes";
import { tellChange } from "./tell-change";

export interface GivenFactor {
	/** Six digits of the app, or a recovery code. */
	code?: string | undefined;
	passkey?: SignedChallenge | undefined;
}

/** Completes the session. Throws for what is wrong, and for those who try too often. */
export async function proveFactor(
	asker: Asker,
	given: GivenFactor,
	from: { network: string; requestId: string },
): Promise<void> {
	await mustBeWithin("factorNetwork", from.network);
	await mustBeWithin("factorPersonDay", asker.id);
	await mustBeWithin("factorPerson", asker.id);
	const codesLeft = await spend(asker, given);
	await systemTransaction((tx) =>
		tx.sql(
			`update "Session" set "awaitsFactor" = false, "provenAt" = now(),
			   "expiresAt" = case when "awaitsFactor" then greatest("expiresAt", $2) else "expiresAt" end where "id" = $1`,
			[asker.sessionId, after(new Date(), sessionMs)],
		),
	);
	await forgive("factorPerson", asker.id);
	await forgive("factorPersonDay", asker.id);
	if (codesLeft === null) return;
	const more = codesLeft === 0 ? "None is left: make new ones." : `${codesLeft} left.`;
	await tellChange(asker, from.requestId, { what: "recovery code", how: "used", more });
}

/** Uses up what was given. Gives how many recovery codes are left when it was one. */
async function spend(asker: Asker, { code, passkey }: GivenFactor): Promise<number | null> {
	if (passkey) {
		if (await spendPasskey(asker, passkey)) return null;
		const problem = "is not one of yours. Use another, or a code.";
		throw new AppError("bad-input", { field: "Passkey", problem }, { fields: { passkey: problem } });
	}
	const text = (code ?? "").trim();
	if (/^[\d\s-]{6,8}$/.test(text)) {
		if (await spendDigits(asker.id, text)) return null;
		throw wrongCode("These digits are not right, or were used already. Wait for the next ones.");
	}
	const left = await spendRecoveryCode(asker.id, text);
	if (left === null) throw wrongCode("This is neither the app's six digits nor a recovery code that still works.");
	return left;
}

/** New recovery codes, shown this once. The earlier ones stop working. */
export async function renewRecoveryCodes(asker: Asker, requestId: string): Promise<{ recoveryCodes: string[] }> {
	const fresh = await newRecoveryCodes();
	await systemTransaction(async (tx) => {
		await mustBeProven(tx, asker);
		const had = await tx.sql(`select 1 from "RecoveryCode" where "userId" = $1 limit 1`, [asker.id]);
		if (had.length === 0)
			throw new AppError("conflict", { problem: "You have no second factor yet. Set one up, and codes come with it." });
		await keepCodes(tx, asker.id, fresh);
	});
	await tellChange(asker, requestId, { what: "recovery codes", how: "made anew" });
	return { recoveryCodes: fresh.codes };
}

/** Takes every factor of the person away: from now on a link from the mail is enough. */
export async function turnOffFactor(asker: Asker, requestId: string): Promise<void> {
	const gone = await systemTransaction(async (tx) => {
		await mustBeProven(tx, asker);
		const apps = await tx.sql(`delete from "Authenticator" where "userId" = $1 returning 1`, [asker.id]);
		const passkeys = await tx.sql(`delete from "Passkey" where "userId" = $1 returning 1`, [asker.id]);
		await forgetIfNone(tx, asker.id);
		return apps.length + passkeys.length;
	});
	if (gone > 0) await tellChange(asker, requestId, { what: "second factor", how: "turned off" });
}
