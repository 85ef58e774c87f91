import { Secret, TOTP } from "otpauth";
import { keepCodes, newRecoveryCodes } from "@/lib/auth/factor/recovery-codes";
import { sealForPerson } from "@/lib/db/secrets";
import { systemTransaction } from "@/lib/db/system";

export interface TestFactor {
	/** What the app shows; `steps` of thirty seconds later, or before. */
	digits(steps?: number): string;
	recoveryCodes: string[];
}

const stepMs = 30_000;

/** Gives a person an app whose digits the test knows, and recovery codes. */
export async function giveFactor(userId: string): Promise<TestFactor> {
	const secret = new Secret({ size: 20 });
	const fresh = await newRecoveryCodes();
	const { sealedSecret, keyId } = sealForPerson(userId, Buffer.from(secret.bytes));
	await systemTransaction(async (tx) => {
		await tx.sql(
			`insert into "Authenticator" ("userId", "sealedSecret", "keyId", "confirmedAt") values ($1, $2, $3, now())`,
			[userId, sealedSecret, keyId],
		);
		await keepCodes(tx, userId, fresh);
	});
	return { digits: digitsOf(secret.base32), recoveryCodes: fresh.codes };
}

/** The digits that an app with this key shows. */
export function digitsOf(base32: string): TestFactor["digits"] {
	const secret = Secret.fromBase32(base32);
	return (steps = 0) => TOTP.generate({ secret, timestamp: Date.now() + steps * stepMs });
}
