/** The app that shows six digits for thirty seconds (TOTP, RFC 6238, with the values that every such app knows). */
import { Secret, TOTP } from "otpauth";
import { openForPerson, type SealedForPerson, sealForPerson } from "@/lib/db/secrets";
import { systemTransaction } from "@/lib/db/system";
import { AppError } from "@/lib/errors/app-error";
import { secondMs } from "@/lib/time";
import type { Asker } from "../asker";
import { askEverywhereElse, forgetIfNone, hasFactor, mustBeProven } from "./factors";
import { keepCodes, newRecoveryCodes } from "./recovery-codes";
import { tellChange } from "./tell-change";

const values = { algorithm: "SHA1", digits: 6, period: 30 };
/** Clocks differ: the digits before and after count as well. */
const window = 1;

/** A new secret for the app. It counts for nothing until digits made with it come back. */
export async function beginAuthenticator(asker: Asker): Promise<{ secret: string; uri: string }> {
	const secret = new Secret({ size: 20 });
	const { sealedSecret, keyId } = sealForPerson(asker.id, Buffer.from(secret.bytes));
	const begun = await systemTransaction(async (tx) => {
		await mustBeProven(tx, asker);
		return tx.sql(
			`insert into "Authenticator" ("userId", "sealedSecret", "keyId") values ($1, $2, $3)
			 on conflict ("userId") do update set "sealedSecret" = $2, "keyId" = $3, "lastStep" = 0
			   where "Authenticator"."confirmedAt" is null returning 1`,
			[asker.id, sealedSecret, keyId],
		);
	});
	if (begun.length === 0)
		throw new AppError("conflict", { problem: "You have an authenticator app already. Remove it to set up another." });
	const uri = new TOTP({ ...values, issuer: "Crossdock", label: asker.email, secret }).toString();
	return { secret: secret.base32, uri };
}

/** The app counts from now on. Gives recovery codes, shown this once, when it is the person's first factor. */
export async function confirmAuthenticator(
	asker: Asker,
	code: string,
	requestId: string,
): Promise<{ recoveryCodes: string[] | null }> {
	const fresh = (await hasFactor(asker.id)) ? null : await newRecoveryCodes();
	await systemTransaction(async (tx) => {
		await mustBeProven(tx, asker);
		const [row] = await tx.sql<SealedForPerson>(
			`select "sealedSecret", "keyId" from "Authenticator" where "userId" = $1 and "confirmedAt" is null for update`,
			[asker.id],
		);
		if (!row) throw new AppError("conflict", { problem: "There is no app that waits to be confirmed." });
		const step = stepOf(openForPerson(asker.id, row), code);
		if (step === null) throw wrongCode("These are not the digits that the app shows now. Type the present ones.");
		await tx.sql(`update "Authenticator" set "confirmedAt" = now(), "lastStep" = $2 where "userId" = $1`, [
			asker.id,
			step,
		]);
		if (!fresh) return;
		await keepCodes(tx, asker.id, fresh);
		await askEverywhereElse(tx, asker);
	});
	await tellChange(asker, requestId, { what: "authenticator app", how: "added" });
	return { recoveryCodes: fresh?.codes ?? null };
}

export async function removeAuthenticator(asker: Asker, requestId: string): Promise<void> {
	await systemTransaction(async (tx) => {
		await mustBeProven(tx, asker);
		const gone = await tx.sql(`delete from "Authenticator" where "userId" = $1 returning 1`, [asker.id]);
		if (gone.length === 0) throw new AppError("not-found", { thing: "authenticator app" });
		await forgetIfNone(tx, asker.id);
	});
	await tellChange(asker, requestId, { what: "authenticator app", how: "removed" });
}

/** True when the digits are right and newer than any that were used before: the same never work twice. */
export async function spendDigits(userId: string, code: string): Promise<boolean> {
	return systemTransaction(async (tx) => {
		const [row] = await tx.sql<SealedForPerson>(
			`select "sealedSecret", "keyId" from "Authenticator" where "userId" = $1 and "confirmedAt" is not null`,
			[userId],
		);
		const step = row ? stepOf(openForPerson(userId, row), code) : null;
		if (step === null) return false;
		const used = await tx.sql(
			`update "Authenticator" set "lastStep" = $2 where "userId" = $1 and "lastStep" < $2 returning 1`,
			[userId, step],
		);
		return used.length > 0;
	});
}

/** The step whose digits these are, or null. The library compares in constant time. */
function stepOf(key: Buffer, code: string): number | null {
	const token = code.replace(/[\s-]/g, "");
	if (!/^\d{6}$/.test(token)) return null;
	const secret = new Secret({ buffer: new Uint8Array(key).buffer });
	const timestamp = Date.now();
	const delta = TOTP.validate({ ...values, token, secret, timestamp, window });
	return delta === null ? null : Math.floor(timestamp / secondMs / values.period) + delta;
}

export function wrongCode(problem: string): AppError {
	return new AppError("bad-input", { field: "Code", problem }, { fields: { code: problem } });
}
