/** Whoever's way in changes hears of it by mail, and the account they work in keeps a note. */
import { audit } from "@/lib/db/audit";
import { transact } from "@/lib/db/transact";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { sendMail } from "@/lib/mail";
import { homeScopeOf, type Person } from "../asker";

interface FactorChange {
	what: "authenticator app" | "passkey" | "recovery codes" | "recovery code" | "second factor";
	how: "added" | "removed" | "made anew" | "used" | "turned off";
	/** What is said besides. */
	more?: string;
}

export async function tellChange(person: Person, requestId: string, change: FactorChange): Promise<void> {
	const { what, how, more } = change;
	const home = await homeScopeOf(person, requestId);
	if (home)
		await transact(home, (tx) =>
			audit(tx, home, {
				action: `${what.replaceAll(" ", "-")}.${how.replaceAll(" ", "-")}`,
				subjectType: "user",
				subjectId: person.id,
			}),
		);
	await mailChange(person.email, `${sentenceOf(change)}${more ? ` ${more}` : ""}`);
}

function sentenceOf({ what, how }: FactorChange): string {
	if (what === "recovery codes") return "New recovery codes were made. The earlier ones no longer work.";
	if (what === "second factor") return "Your second factor was turned off. A link from your mail is enough to sign in.";
	const article = what === "authenticator app" ? "An" : "A";
	return `${article} ${what} was ${how === "used" ? "used to sign in" : how}.`;
}

/** A mail that cannot be sent undoes nothing. False when it was not. */
export async function mailChange(to: string, sentence: string): Promise<boolean> {
	const { APP_URL } = env();
	try {
		await sendMail({
			to,
			subject: `Your sign-in to Crossdock at ${new URL(APP_URL).host} changed`,
			intro: [sentence],
			button: { label: "Look at your second factor", href: `${APP_URL}/second-factor` },
			outro: [
				"If that was not you, sign in, set up a new second factor, and end all other sessions under Settings, You.",
			],
		});
		return true;
	} catch (error) {
		log().warn({ name: error instanceof Error ? error.name : "unknown" }, "a mail could not be sent");
		return false;
	}
}
