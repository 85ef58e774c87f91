import { newInvitationToken } from "@/lib/auth/invitations";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { minuteMs, secondMs } from "@/lib/time";
import { invitationEnd } from "./invite-person";
import { lockSeats, mustReach } from "./seats";
import { sendInvitation } from "./send-invitation";

/** Sends a new link for another week; the one before stops working. At most one a minute. */
export async function resendInvitation(scope: Scope, invitationId: string): Promise<{ id: string }> {
	const { token, tokenHash } = newInvitationToken();
	await transact(scope, async (tx) => {
		const seats = await lockSeats(tx, scope, "people:write");
		const { email, role, sentAt } = await openInvitation(tx, scope, invitationId);
		mustReach(seats, { role });
		const waitMs = sentAt ? sentAt.getTime() + minuteMs - Date.now() : 0;
		if (waitMs > 0) throw new AppError("too-many-requests", { seconds: Math.ceil(waitMs / secondMs) });
		await tx.sql(`update "Invitation" set "tokenHash" = $3, "expiresAt" = $4 where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			invitationId,
			tokenHash,
			invitationEnd(),
		]);
		await note(tx, scope, "invitation.resent", invitationId, { email, role });
	});
	await sendInvitation(scope, invitationId, token);
	return { id: invitationId };
}

/** Takes an invitation back: its link stops working at once. */
export function withdrawInvitation(scope: Scope, invitationId: string): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const seats = await lockSeats(tx, scope, "people:write");
		const { email, role } = await openInvitation(tx, scope, invitationId);
		mustReach(seats, { role });
		await tx.sql(`update "Invitation" set "withdrawnAt" = now() where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			invitationId,
		]);
		await note(tx, scope, "invitation.withdrawn", invitationId, { email, role });
		return { id: invitationId };
	});
}

async function openInvitation(tx: Transaction, scope: Scope, invitationId: string) {
	const [row] = await tx.sql<{ email: string; role: string; sentAt: Date | null }>(
		`select "email", "role", "sentAt" from "Invitation"
		 where "accountId" = $1 and "id" = $2 and "acceptedAt" is null and "withdrawnAt" is null for update`,
		[scope.accountId, invitationId],
	);
	if (!row) throw new AppError("not-found", { thing: "open invitation" });
	return row;
}

function note(tx: Transaction, scope: Scope, action: string, subjectId: string, after: Record<string, unknown>) {
	return audit(tx, scope, { action, subjectType: "invitation", subjectId, after });
}
