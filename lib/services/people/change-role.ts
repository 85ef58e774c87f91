import type { Role } from "@/lib/auth/roles";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { lockSeats, mustNotBeLastOwner, mustReach, placeOf, seatOf, withdrawBeyond } from "./seats";

/** Gives somebody another role, for the whole account or for one merchant. It holds with their next request. */
export function changeRole(
	scope: Scope,
	membershipId: string,
	wanted: { role: Role; merchantId?: string | null | undefined },
): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const seats = await lockSeats(tx, scope, "people:write");
		const seat = seatOf(seats, membershipId);
		const { merchant, ...place } = await placeOf(tx, scope, wanted);
		mustReach(seats, seat, place);
		if (seat.role === place.role && seat.merchantId === place.merchantId) return { id: membershipId };
		if (place.role !== "owner") mustNotBeLastOwner(seats, scope, seat);
		await tx.sql(`update "Membership" set "role" = $3, "merchantId" = $4 where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			membershipId,
			place.role,
			place.merchantId,
		]);
		await withdrawBeyond(tx, scope, seat.userId, place);
		await audit(tx, scope, {
			action: "person.role-changed",
			subjectType: "person",
			subjectId: membershipId,
			...(place.merchantId && { merchantId: place.merchantId }),
			before: { role: seat.role, merchantId: seat.merchantId },
			after: { role: place.role, merchantId: place.merchantId, ...(merchant && { merchant }) },
		});
		return { id: membershipId };
	});
}
