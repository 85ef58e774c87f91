/** A person's own sessions: where they are signed in, and the way to end that. */
import { audit } from "@/lib/db/audit";
import { root } from "@/lib/db/root";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type Asker, homeScopeOf } from "./asker";
import { sessionsSince } from "./session-cookie";

export interface OwnSession {
	id: string;
	device: string;
	network: string;
	createdAt: Date;
	lastSeenAt: Date;
	/** True for the one that asks. */
	current: boolean;
}

/** The person's open sessions, the one used last first. */
export async function listSessions(asker: Asker): Promise<OwnSession[]> {
	const rows = await root().session.findMany({
		where: { userId: asker.id, expiresAt: { gt: new Date() }, createdAt: { gt: sessionsSince() } },
		select: { id: true, device: true, network: true, createdAt: true, lastSeenAt: true },
		orderBy: { lastSeenAt: "desc" },
	});
	return rows.map((row) => ({
		...row,
		device: row.device || "Not used yet",
		current: row.id === asker.sessionId,
	}));
}

/** Ends one of the person's own sessions; that device is signed out with its next request. */
export async function endSession(asker: Asker, sessionId: string, requestId: string): Promise<{ id: string }> {
	const { count } = await root().session.deleteMany({ where: { id: sessionId, userId: asker.id } });
	if (count === 0) throw new AppError("not-found", { thing: "session" });
	await note(asker, requestId, count);
	return { id: sessionId };
}

/** Ends every session of the person but the one that asks. */
export async function endOtherSessions(asker: Asker, requestId: string): Promise<{ ended: number }> {
	const { count } = await root().session.deleteMany({ where: { userId: asker.id, id: { not: asker.sessionId } } });
	if (count > 0) await note(asker, requestId, count);
	return { ended: count };
}

/** Sessions belong to no account; the person's own one keeps the note. */
async function note(asker: Asker, requestId: string, ended: number): Promise<void> {
	const home = await homeScopeOf(asker, requestId);
	if (!home) return;
	await transact(home, (tx) =>
		audit(tx, home, { action: "session.ended", subjectType: "user", subjectId: asker.id, after: { ended } }),
	);
}
