import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { lockSeats, mustNotBeLastOwner, mustReach, type Seat, seatOf, withdrawBeyond } from "./seats";

/** Takes somebody's place away. Their next request finds nothing; invitations they sent are withdrawn. */
export function removePerson(scope: Scope, membershipId: string): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const seats = await lockSeats(tx, scope, "people:write");
		const seat = seatOf(seats, membershipId);
		mustReach(seats, seat);
		mustNotBeLastOwner(seats, scope, seat);
		return takeAway(tx, scope, seat, "person.removed");
	});
}

/** The asker gives up their own place. */
export function leaveAccount(scope: Scope): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const { actor } = scope;
		if (actor.type !== "user") throw new AppError("forbidden");
		const seats = await lockSeats(tx, scope, "orders:read");
		const seat = seats.all.find(({ userId }) => userId === actor.id);
		if (!seat) throw new AppError("not-found", { thing: "person" });
		mustNotBeLastOwner(seats, scope, seat);
		return takeAway(tx, scope, seat, "person.left");
	});
}

async function takeAway(tx: Transaction, scope: Scope, seat: Seat, action: string): Promise<{ id: string }> {
	await tx.sql(`delete from "Membership" where "accountId" = $1 and "id" = $2`, [scope.accountId, seat.id]);
	await withdrawBeyond(tx, scope, seat.userId, null);
	// Views that were theirs alone nobody can reach any more; shared ones stay with those who use them.
	await tx.sql(`delete from "OrderView" where "accountId" = $1 and "ownerId" = $2 and not "shared"`, [
		scope.accountId,
		seat.userId,
	]);
	await audit(tx, scope, {
		action,
		subjectType: "person",
		subjectId: seat.id,
		...(seat.merchantId && { merchantId: seat.merchantId }),
		before: { userId: seat.userId, role: seat.role, merchantId: seat.merchantId },
	});
	return { id: seat.id };
}
