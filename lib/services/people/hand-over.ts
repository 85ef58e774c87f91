import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { badInput, lockSeats, seatOf, withdrawBeyond } from "./seats";

/** Hands the account over: the other person becomes its owner, and the asker an admin. Both, or neither. */
export function handOver(scope: Scope, membershipId: string): Promise<{ id: string }> {
	return transact(scope, async (tx) => {
		const seats = await lockSeats(tx, scope, "owners:write");
		const seat = seatOf(seats, membershipId);
		const { actor } = scope;
		const own = actor.type === "user" ? seats.all.find(({ userId }) => userId === actor.id) : undefined;
		if (!own || own.id === seat.id) throw badInput("person", "choose somebody else to hand the account to.");
		if (seat.merchantId)
			throw badInput("person", "works for one merchant only. Let them work for all merchants first.");
		if (seat.chosenOnly)
			throw badInput("person", "works for chosen merchants only. Let them work for all merchants first.");
		await tx.sql(
			`update "Membership" set "role" = case when "id" = $2 then 'owner' else 'admin' end
			 where "accountId" = $1 and "id" in ($2, $3)`,
			[scope.accountId, seat.id, own.id],
		);
		await withdrawBeyond(tx, scope, own.userId, { role: "admin", merchantId: null, chosenMerchantIds: null });
		await audit(tx, scope, {
			action: "account.handed-over",
			subjectType: "person",
			subjectId: seat.id,
			before: { role: seat.role, owner: own.userId },
			after: { role: "owner", owner: seat.userId },
		});
		return { id: seat.id };
	});
}
