import type { z } from "zod";
import type { apiKey } from "@/lib/api/contract/api-keys";
import { permissions, type Scope } from "@/lib/db/scope";
import { scoped } from "@/lib/db/scoped";

export type ApiKeyView = z.input<typeof apiKey>;

/** Every key of the account, the newest first; what was revoked stays on record. */
export async function listApiKeys(scope: Scope): Promise<ApiKeyView[]> {
	const now = new Date();
	const members = await scoped(scope).membership.findMany({ select: { userId: true } });
	const here = new Set(members.map(({ userId }) => userId));
	const rows = await scoped(scope).apiKey.findMany({
		orderBy: { id: "desc" },
		include: { merchant: { select: { id: true, name: true } }, connection: { select: { id: true, name: true } } },
	});
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		level: row.connectionId ? "connection" : row.merchantId ? "merchant" : "account",
		merchant: row.merchant,
		connection: row.connection,
		permissions: permissions.filter((permission) => row.permissions.includes(permission)),
		prefix: row.prefix,
		lastUsedAt: row.lastUsedAt,
		previous:
			row.previousPrefix && row.previousUntil && row.previousUntil > now && !row.revokedAt
				? { prefix: row.previousPrefix, until: row.previousUntil, lastUsedAt: row.previousUsedAt }
				: null,
		expiresAt: row.expiresAt,
		state: row.revokedAt ? "revoked" : row.expiresAt && row.expiresAt <= now ? "expired" : "active",
		createdAt: row.createdAt,
		createdBy: row.createdByName,
		makerLeft: row.createdById.startsWith("usr_") && !here.has(row.createdById),
	}));
}
