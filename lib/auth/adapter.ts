/**
 * How next-auth keeps people, sessions and sign-in links. Tokens are stored hashed only; the newest link of an
 * address is the only one that works, and it works once.
 */
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { newId } from "@/lib/db/ids";
import { root } from "@/lib/db/root";
import { systemTransaction } from "@/lib/db/system";
import { after } from "@/lib/time";
import { factorWaitMs, hasFactorSql } from "./factor/factors";
import { hashOf, sessionsSince } from "./session-cookie";

interface UserRow {
	id: string;
	email: string;
	name: string | null;
	emailVerified: Date | null;
}

const userColumns = { id: true, email: true, name: true, emailVerified: true };

export const adapter: Adapter = {
	async createUser(user: Omit<AdapterUser, "id">) {
		const row = await root().user.create({
			data: { id: newId("usr"), email: user.email, name: user.name ?? null, emailVerified: user.emailVerified },
			select: userColumns,
		});
		return userOf(row);
	},
	async getUser(id) {
		return userOrNull(await root().user.findFirst({ where: { id }, select: userColumns }));
	},
	async getUserByEmail(email) {
		return userOrNull(await root().user.findFirst({ where: { email }, select: userColumns }));
	},
	async getUserByAccount() {
		return null;
	},
	async updateUser({ id, name, emailVerified }) {
		const row = await root().user.update({
			where: { id },
			data: { ...(name !== undefined && { name }), ...(emailVerified !== undefined && { emailVerified }) },
			select: userColumns,
		});
		return userOf(row);
	},
	async linkAccount() {},
	/** Whoever has a second factor gets a session that waits for it, and not for long. */
	async createSession({ sessionToken, userId, expires }) {
		await systemTransaction((tx) =>
			tx.sql(
				`insert into "Session" ("id", "tokenHash", "userId", "expiresAt", "awaitsFactor")
				 select $1, $2, $3, case when f."has" then least($4::timestamptz, $5::timestamptz) else $4::timestamptz end, f."has"
				 from (select ${hasFactorSql("$3")} as "has") f`,
				[newId("ses"), hashOf(sessionToken), userId, expires, after(new Date(), factorWaitMs)],
			),
		);
		return { sessionToken, userId, expires };
	},
	async getSessionAndUser(sessionToken) {
		const session = await root().session.findFirst({
			where: {
				...{ tokenHash: hashOf(sessionToken), awaitsFactor: false },
				...{ expiresAt: { gt: new Date() }, createdAt: { gt: sessionsSince() } },
			},
			select: { userId: true, expiresAt: true, user: { select: userColumns } },
		});
		if (!session) return null;
		return {
			session: { sessionToken, userId: session.userId, expires: session.expiresAt },
			user: userOf(session.user),
		};
	},
	async updateSession({ sessionToken, expires }) {
		if (!expires) return null;
		const where = { tokenHash: hashOf(sessionToken), awaitsFactor: false };
		const [row] = await root().session.updateManyAndReturn({
			where,
			data: { expiresAt: expires },
			select: { userId: true },
		});
		return row ? { sessionToken, userId: row.userId, expires } : null;
	},
	async deleteSession(sessionToken) {
		await root().session.deleteMany({ where: { tokenHash: hashOf(sessionToken) } });
	},
	/** Kept by the one who mails the link, at the same moment: a link that is not sent must not end those that were. */
	async createVerificationToken(token) {
		return token;
	},
	async useVerificationToken({ identifier, token }) {
		const where = { email: identifier, tokenHash: token, usedAt: null, expiresAt: { gt: new Date() } };
		const [row] = await root().signInToken.updateManyAndReturn({ where, data: { usedAt: new Date() } });
		return row ? { identifier, token, expires: row.expiresAt } : null;
	},
};

/**
 * Keeps the hash of a link's token. Earlier links of the address stop working: the newest wins. False, and nothing
 * is changed, when the address got `mostPerHour` within the last hour.
 */
export function keepSignInToken(link: {
	email: string;
	tokenHash: string;
	expiresAt: Date;
	mostPerHour?: number;
}): Promise<boolean> {
	return systemTransaction(async (tx) => {
		await tx.sql(`select pg_advisory_xact_lock(hashtextextended('sign-in ' || $1, 0))`, [link.email]);
		const [recent] = await tx.sql<{ count: number }>(
			`select count(*)::int as "count" from "SignInToken" where "email" = $1 and "createdAt" > now() - interval '1 hour'`,
			[link.email],
		);
		if (link.mostPerHour !== undefined && (recent?.count ?? 0) >= link.mostPerHour) return false;
		await tx.sql(`update "SignInToken" set "usedAt" = now() where "email" = $1 and "usedAt" is null`, [link.email]);
		await tx.sql(`insert into "SignInToken" ("email", "tokenHash", "expiresAt") values ($1, $2, $3)`, [
			link.email,
			link.tokenHash,
			link.expiresAt,
		]);
		return true;
	});
}

function userOf(row: UserRow): AdapterUser {
	return { id: row.id, email: row.email, name: row.name, emailVerified: row.emailVerified };
}

function userOrNull(row: UserRow | null): AdapterUser | null {
	return row && userOf(row);
}
