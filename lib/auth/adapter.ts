/**
 * How next-auth keeps people, sessions and sign-in links. Tokens are stored hashed only; the newest link of an
 * address is the only one that works, and it works once.
 */
import type { Adapter, AdapterUser } from "next-auth/adapters";
import { newId } from "@/lib/db/ids";
import { root } from "@/lib/db/root";
import { hashOf } from "./session-cookie";

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
	async createSession({ sessionToken, userId, expires }) {
		await root().session.create({
			data: { id: newId("ses"), tokenHash: hashOf(sessionToken), userId, expiresAt: expires },
			select: { id: true },
		});
		return { sessionToken, userId, expires };
	},
	async getSessionAndUser(sessionToken) {
		const session = await root().session.findFirst({
			where: { tokenHash: hashOf(sessionToken), expiresAt: { gt: new Date() } },
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
		const where = { tokenHash: hashOf(sessionToken) };
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
	async createVerificationToken({ identifier, token, expires }) {
		await keepSignInToken(identifier, token, expires);
		return { identifier, token, expires };
	},
	async useVerificationToken({ identifier, token }) {
		const where = { email: identifier, tokenHash: token, usedAt: null, expiresAt: { gt: new Date() } };
		const [row] = await root().signInToken.updateManyAndReturn({ where, data: { usedAt: new Date() } });
		return row ? { identifier, token, expires: row.expiresAt } : null;
	},
};

/** Keeps the hash of a link's token. Earlier links of the address stop working: the newest wins. */
export async function keepSignInToken(email: string, tokenHash: string, expiresAt: Date): Promise<void> {
	const now = new Date();
	await root().$transaction([
		root().signInToken.updateMany({ where: { email, usedAt: null }, data: { usedAt: now } }),
		root().signInToken.create({ data: { email, tokenHash, expiresAt }, select: { email: true } }),
	]);
}

function userOf(row: UserRow): AdapterUser {
	return { id: row.id, email: row.email, name: row.name, emailVerified: row.emailVerified };
}

function userOrNull(row: UserRow | null): AdapterUser | null {
	return row && userOf(row);
}
