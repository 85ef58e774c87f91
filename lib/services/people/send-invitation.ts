import { invitationUrl } from "@/lib/auth/invitations";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { log } from "@/lib/log";
import { sendMail } from "@/lib/mail";

interface Row {
	email: string;
	role: string;
	account: string;
	merchant: string | null;
}

/** Mails an invitation that is kept already, and notes that it went out. Throws `mail-failed` otherwise. */
export async function sendInvitation(scope: Scope, invitationId: string, token: string): Promise<void> {
	const [row] = await transact(scope, (tx) =>
		tx.sql<Row>(
			`select i."email", i."role", a."name" as "account", coalesce(m."name", (
			   select string_agg(o."name", ', ' order by o."name") from "Merchant" o
			   where o."accountId" = i."accountId" and o."id" = any(i."chosenMerchantIds"))) as "merchant"
			 from "Invitation" i join "Account" a on a."id" = i."accountId"
			 left join "Merchant" m on m."accountId" = i."accountId" and m."id" = i."merchantId"
			 where i."accountId" = $1 and i."id" = $2`,
			[scope.accountId, invitationId],
		),
	);
	if (!row) throw new AppError("not-found", { thing: "invitation" });
	try {
		await sendMail(mailOf(row, nameOf(scope), token));
	} catch (error) {
		log().error({ requestId: scope.requestId, code: codeOf(error) }, "an invitation was not mailed");
		throw new AppError("mail-failed", {}, { cause: error });
	}
	await transact(scope, (tx) =>
		tx.sql(`update "Invitation" set "sentAt" = now() where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			invitationId,
		]),
	);
}

function mailOf({ email, role, account, merchant }: Row, inviter: string, token: string) {
	const place = merchant ? `${merchant} at ${account}` : account;
	const article = /^[aeiou]/.test(role) ? "an" : "a";
	return {
		to: email,
		subject: `Join ${place} on Crossdock`,
		intro: [`${inviter} invites you to ${place} on Crossdock, as ${article} ${role}.`],
		button: { label: `Join ${account}`, href: invitationUrl(token) },
		outro: [
			"The link works once, within 7 days, and signs you in with this address. If you know nothing of it, ignore this mail: nothing happens.",
		],
	};
}

function nameOf({ actor }: Scope): string {
	return (actor.type !== "job" && actor.name) || "Somebody";
}

function codeOf(error: unknown): string {
	return error instanceof Error && "code" in error ? String(error.code) : "none";
}
