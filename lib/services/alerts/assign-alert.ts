import { namesOf } from "@/lib/auth/directory";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { changeAlert, mustBeOpenAlert } from "./change-alert";

interface Member {
	id: string;
	userId: string;
	merchantId: string | null;
	chosenMerchantIds: string[] | null;
}

/** Says who looks after an alert: "me", somebody else of the account who may see it, or with null nobody. */
export async function assignAlert(scope: Scope, alertId: string, whom: string | null): Promise<{ id: string }> {
	const member = whom === null ? null : await memberOf(scope, whom);
	const named = member && (await namesOf([member.userId])).get(member.userId);
	const name = named ? (named.name ?? named.email) : null;
	return changeAlert(scope, alertId, async (tx, alert) => {
		mustBeOpenAlert(alert);
		if (member && !sees(member, alert.merchantId))
			throw new AppError("bad-input", {
				field: "membershipId",
				problem: `${name} does not see this merchant's alerts.`,
			});
		await tx.sql(`update "Alert" set "assigneeId" = $3, "assigneeName" = $4 where "accountId" = $1 and "id" = $2`, [
			scope.accountId,
			alertId,
			member?.id ?? null,
			name,
		]);
		const own = scope.actor.type === "user" && scope.actor.id === member?.userId;
		return { kind: "assigned", text: name ?? "", subjectId: own ? undefined : member?.userId };
	});
}

function sees(member: Member, merchantId: string | null): boolean {
	if (member.merchantId) return member.merchantId === merchantId;
	return !merchantId || !member.chosenMerchantIds || member.chosenMerchantIds.includes(merchantId);
}

function memberOf(scope: Scope, whom: string): Promise<Member> {
	const me = scope.actor.type === "user" ? scope.actor.id : null;
	if (whom === "me" && !me) throw new AppError("people-only");
	return transact(scope, async (tx) => {
		const [member] = await tx.sql<Member>(
			`select "id", "userId", "merchantId", case when "chosenOnly" then "chosenMerchantIds" end as "chosenMerchantIds" from "Membership" where "accountId" = $1 and ${whom === "me" ? `"userId"` : `"id"`} = $2`,
			[scope.accountId, whom === "me" ? me : whom],
		);
		if (!member) throw new AppError("not-found", { thing: "person" });
		return member;
	});
}
