import { belongs } from "@/lib/auth/directory";
import { newInvitationToken } from "@/lib/auth/invitations";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { after, dayMs, hourMs, secondMs } from "@/lib/time";
import { badInput, lockSeats, mustReach, placeOf, placeValues, type WantedPlace } from "./seats";
import { sendInvitation } from "./send-invitation";

export const invitationDays = 7;
/** More than this in an hour from one account is somebody who sends mails, not somebody who invites people. */
const mostPerHour = 100;

interface Given extends WantedPlace {
	/** In lower case. */
	email: string;
}

/** Invites an address by mail. The invitation is kept when the mail cannot be sent, so that it can be sent again. */
export async function invitePerson(scope: Scope, given: Given): Promise<{ id: string }> {
	const { email } = given;
	const id = newId("inv");
	const { token, tokenHash } = newInvitationToken();
	const isMember = await belongs(scope.accountId, email);
	await transact(scope, async (tx) => {
		const seats = await lockSeats(tx, scope, "people:write");
		const { merchant, ...place } = await placeOf(tx, scope, given);
		mustReach(seats, place);
		if (isMember) throw badInput("email", "already belongs to somebody of this account.");
		await mustNotFlood(tx, scope);
		await mustNotBeInvited(tx, scope, email);
		await tx.sql(
			`insert into "Invitation" ("id", "accountId", "email", "role", "merchantId", "chosenOnly", "chosenMerchantIds", "tokenHash", "invitedBy", "expiresAt")
			 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
			[
				id,
				scope.accountId,
				email,
				...placeValues(place),
				tokenHash,
				scope.actor.type === "job" ? "" : scope.actor.id,
				invitationEnd(),
			],
		);
		await audit(tx, scope, {
			action: "invitation.sent",
			subjectType: "invitation",
			subjectId: id,
			...(place.merchantId && { merchantId: place.merchantId }),
			after: { email, role: place.role, ...(merchant && { merchant }) },
		});
	});
	await sendInvitation(scope, id, token);
	return { id };
}

/** An invitation made now works until then. */
export function invitationEnd(): Date {
	return after(new Date(), invitationDays * dayMs);
}

async function mustNotFlood(tx: Transaction, scope: Scope): Promise<void> {
	const [row] = await tx.sql<{ count: number }>(
		`select count(*)::int as "count" from "Invitation" where "accountId" = $1 and "createdAt" > now() - interval '1 hour'`,
		[scope.accountId],
	);
	if (row && row.count >= mostPerHour) throw new AppError("too-many-requests", { seconds: hourMs / secondMs });
}

/** An expired invitation gives way to a new one; an open one is resent or withdrawn by its own buttons. */
async function mustNotBeInvited(tx: Transaction, scope: Scope, email: string): Promise<void> {
	await tx.sql(
		`update "Invitation" set "withdrawnAt" = now()
		 where "accountId" = $1 and "email" = $2 and "acceptedAt" is null and "withdrawnAt" is null and "expiresAt" <= now()`,
		[scope.accountId, email],
	);
	const open = await tx.sql(
		`select 1 from "Invitation" where "accountId" = $1 and "email" = $2 and "acceptedAt" is null and "withdrawnAt" is null`,
		[scope.accountId, email],
	);
	if (open.length > 0) throw badInput("email", "was invited already. Resend that invitation, or withdraw it first.");
}
