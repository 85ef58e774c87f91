import type { z } from "zod";
import type { peopleView } from "@/lib/api/contract/people";
import { namesOf, withFactor } from "@/lib/auth/directory";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { roleOf } from "./seats";

export type PeopleView = z.input<typeof peopleView>;

interface MemberRow {
	id: string;
	userId: string;
	role: string;
	merchant: { id: string; name: string } | null;
	chosenMerchants: { id: string; name: string }[] | null;
	createdAt: Date;
	lastSeenAt: Date | null;
}

interface InvitationRow {
	id: string;
	email: string;
	role: string;
	merchant: { id: string; name: string } | null;
	chosenMerchants: { id: string; name: string }[] | null;
	invitedBy: string;
	sentAt: Date | null;
	expiresAt: Date;
}

const merchantColumn = `case when m."id" is null then null else json_build_object('id', m."id", 'name', m."name") end as "merchant"`;

/** The chosen merchants of a place; null for whoever has none to choose from. */
const chosenColumn = (place: string) =>
	`case when ${place}."chosenOnly" then coalesce((select json_agg(json_build_object('id', o."id", 'name', o."name") order by o."name")
	   from "Merchant" o where o."accountId" = ${place}."accountId" and o."id" = any(${place}."chosenMerchantIds")), '[]') end as "chosenMerchants"`;

/** The account's people, and those who were invited and have not come yet. A merchant's people see their own. */
export async function listPeople(scope: Scope): Promise<PeopleView> {
	const { members, invitations } = await transact(scope, async (tx) => ({
		members: await tx.sql<MemberRow>(
			`select s."id", s."userId", s."role", s."createdAt", s."lastSeenAt", ${merchantColumn}, ${chosenColumn("s")} from "Membership" s
			 left join "Merchant" m on m."accountId" = s."accountId" and m."id" = s."merchantId" where s."accountId" = $1`,
			[scope.accountId],
		),
		invitations: await tx.sql<InvitationRow>(
			`select i."id", i."email", i."role", i."invitedBy", i."sentAt", i."expiresAt", ${merchantColumn}, ${chosenColumn("i")} from "Invitation" i
			 left join "Merchant" m on m."accountId" = i."accountId" and m."id" = i."merchantId"
			 where i."accountId" = $1 and i."acceptedAt" is null and i."withdrawnAt" is null order by i."id" desc`,
			[scope.accountId],
		),
	}));
	const names = await namesOf([
		...members.map(({ userId }) => userId),
		...invitations.map(({ invitedBy }) => invitedBy),
	]);
	const secured = await withFactor(members.map(({ userId }) => userId));
	const { actor } = scope;
	const now = new Date();
	return {
		members: members
			.map(({ userId, role, createdAt, ...row }) => ({
				...row,
				role: roleOf(role),
				email: names.get(userId)?.email ?? "",
				name: names.get(userId)?.name ?? null,
				joinedAt: createdAt,
				hasSecondFactor: secured.has(userId),
				you: actor.type === "user" && actor.id === userId,
			}))
			.sort((a, b) => (a.name ?? a.email).localeCompare(b.name ?? b.email)),
		invitations: invitations.map(({ invitedBy, role, expiresAt, ...row }) => ({
			...row,
			role: roleOf(role),
			expiresAt,
			expired: expiresAt <= now,
			invitedBy: names.get(invitedBy)?.name ?? names.get(invitedBy)?.email ?? null,
		})),
	};
}
