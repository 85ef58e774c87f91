import type { z } from "zod";
import type { shareLink } from "@/lib/api/contract/share-links";
import type { Scope } from "@/lib/db/scope";
import { scoped } from "@/lib/db/scoped";
import { AppError } from "@/lib/errors/app-error";

export type ShareLinkView = z.input<typeof shareLink>;

/** Every link of one connection, the newest first. */
export async function listShareLinks(scope: Scope, connectionId: string): Promise<ShareLinkView[]> {
	const db = scoped(scope);
	const connection = await db.connection.findFirst({ where: { id: connectionId }, select: { id: true } });
	if (!connection) throw new AppError("not-found", { thing: "connection" });
	const rows = await db.shareLink.findMany({ where: { connectionId }, orderBy: { id: "desc" }, take: 50 });
	const now = new Date();
	return rows.map((row) => ({
		id: row.id,
		email: row.email,
		state: row.usedAt ? "used" : row.revokedAt ? "withdrawn" : row.expiresAt <= now ? "expired" : "pending",
		createdAt: row.createdAt,
		createdBy: row.createdByEmail,
		openedAt: row.openedAt,
		expiresAt: row.expiresAt,
		usedAt: row.usedAt,
	}));
}
