import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import {
	lockSeats,
	mustNotBeLastOwner,
	mustReach,
	type Place,
	placeOf,
	placeValues,
	type Seat,
	seatOf,
	type WantedPlace,
	withdrawBeyond,
} from "./seats";

/** Gives somebody another role, for the whole account, for chosen merchants or for one merchant. It holds with their next request. */
export function changeRole(scope: Scope, membershipId: string, wanted: WantedPlace): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const seats = await lockSeats(tx, scope, "people:write");
		const seat = seatOf(seats, membershipId);
		const { merchant, ...place } = await placeOf(tx, scope, wanted);
		mustReach(seats, seat, place);
		const before = placeNow(seat);
		if (isSame(before, place)) return { id: membershipId };
		if (place.role !== "owner") mustNotBeLastOwner(seats, scope, seat);
		await tx.sql(
			`update "Membership" set "role" = $3, "merchantId" = $4, "chosenOnly" = $5, "chosenMerchantIds" = $6
			 where "accountId" = $1 and "id" = $2`,
			[scope.accountId, membershipId, ...placeValues(place)],
		);
		await withdrawBeyond(tx, scope, seat.userId, place);
		await audit(tx, scope, {
			action: "person.role-changed",
			subjectType: "person",
			subjectId: membershipId,
			...(place.merchantId && { merchantId: place.merchantId }),
			before,
			after: { ...place, ...(merchant && { merchant }) },
		});
		return { id: membershipId };
	});
}

function placeNow({ role, merchantId, chosenOnly, chosenMerchantIds }: Seat) {
	return { role, merchantId, chosenMerchantIds: chosenOnly ? chosenMerchantIds : null };
}

function isSame(before: ReturnType<typeof placeNow>, place: Place): boolean {
	const idsOf = (ids: string[] | null) => ids && [...ids].sort().join();
	return (
		before.role === place.role &&
		before.merchantId === place.merchantId &&
		idsOf(before.chosenMerchantIds) === idsOf(place.chosenMerchantIds)
	);
}
