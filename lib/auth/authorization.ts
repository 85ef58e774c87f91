/**
 * Ways in that travel in the Authorization header: an API key (`Bearer cd_…`) and a share link (`ShareLink …`).
 * A request that has the header is never looked at as a session.
 */
import { randomBytes } from "node:crypto";
import { root } from "@/lib/db/root";
import { type Permission, permissions, type Scope } from "@/lib/db/scope";
import { after, minuteMs } from "@/lib/time";
import { networkOf } from "./device";
import { withinMerchant } from "./roles";
import { hashOf } from "./session-cookie";

const keyStart = "cd_";
/** So much of a key is shown in lists: enough to recognise it, far too little to guess it. */
const prefixLength = keyStart.length + 6;
/** The last use is written at most this often. */
const useNotedMs = minuteMs;

/** A new key, how it begins, and what is kept of it. */
export function makeKey(): { key: string; prefix: string; tokenHash: string } {
	const key = `${keyStart}${randomBytes(32).toString("base64url")}`;
	return { key, prefix: key.slice(0, prefixLength), tokenHash: hashOf(key) };
}

/** What a living key may touch; null for anything else. Notes that it was used. */
export async function keyScopeOf(headers: Headers, requestId: string): Promise<Scope | null> {
	const [, key] = /^bearer (cd_[\w-]{43})$/i.exec(headers.get("authorization") ?? "") ?? [];
	if (!key) return null;
	const tokenHash = hashOf(key);
	const now = new Date();
	const row = await root().apiKey.findFirst({
		where: {
			revokedAt: null,
			AND: [
				{ OR: [{ expiresAt: null }, { expiresAt: { gt: now } }] },
				{ OR: [{ tokenHash }, { previousHash: tokenHash, previousUntil: { gt: now } }] },
				{ OR: [{ connectionId: null }, { connection: { archivedAt: null } }] },
			],
		},
	});
	if (!row) return null;
	const column = row.tokenHash === tokenHash ? "lastUsedAt" : "previousUsedAt";
	const noted = row[column];
	if (!noted || noted < after(now, -useNotedMs))
		await root().apiKey.update({ where: { id: row.id }, data: { [column]: now }, select: { id: true } });
	return { ...scopeOfRow(row, requestId), network: networkOf(headers) };
}

/** What a key may touch that asked for work which still goes on; null when it ended meanwhile. */
export async function keyScopeNow(id: string, requestId: string): Promise<Scope | null> {
	const row = await root().apiKey.findFirst({
		where: { id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date() } }] },
	});
	return row && scopeOfRow(row, requestId);
}

interface KeyRow {
	id: string;
	accountId: string;
	merchantId: string | null;
	connectionId: string | null;
	name: string;
	permissions: string[];
}

function scopeOfRow(
	{ id, accountId, merchantId, connectionId, name, permissions: given }: KeyRow,
	requestId: string,
): Scope {
	const may = permissions.filter((permission) => given.includes(permission));
	return {
		accountId,
		...(merchantId && { merchantId }),
		...(connectionId && { connectionId }),
		actor: { type: "apiKey", id, name },
		may: new Set(merchantId ? withinMerchant(may) : may),
		requestId,
	};
}

/**
 * The key of a request in the manner of CartRover: user and key as Basic, or in the query. The user is the key's
 * beginning, as lists show it; the rest is as for any key.
 */
export async function keyPairScopeOf(request: Request, requestId: string): Promise<Scope | null> {
	const [, encoded = ""] = /^basic ([\w+/=-]+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
	const pair = Buffer.from(encoded, "base64").toString("utf8");
	const { searchParams } = new URL(request.url);
	const cut = pair.indexOf(":");
	const user = cut >= 0 ? pair.slice(0, cut) : (searchParams.get("api_user") ?? "");
	const key = cut >= 0 ? pair.slice(cut + 1) : (searchParams.get("api_key") ?? "");
	if (user !== key.slice(0, prefixLength)) return null;
	const headers = new Headers(request.headers);
	headers.set("authorization", `Bearer ${key.replace(/[^\w-]/g, "!")}`);
	return keyScopeOf(headers, requestId);
}

/** What somebody with a share link may do: look at the form, and fill it in. */
const mayByLink: readonly Permission[] = ["connections:write"];

export interface OpenLink {
	id: string;
	email: string;
	expiresAt: Date;
	createdByEmail: string;
	scope: Scope & { merchantId: string; connectionId: string };
}

/** The share link that a request carries, if it still waits to be used. */
export async function shareLinkOf(headers: Headers, requestId: string): Promise<OpenLink | null> {
	const [, token] = /^sharelink ([\w-]{43})$/i.exec(headers.get("authorization") ?? "") ?? [];
	return token ? openShareLink(token, headers, requestId) : null;
}

/** The same by its token, as the page has it in its address. Notes when it was opened first. */
export async function openShareLink(token: string, from: Headers, requestId: string): Promise<OpenLink | null> {
	const row = await root().shareLink.findFirst({
		where: {
			tokenHash: hashOf(token),
			usedAt: null,
			revokedAt: null,
			expiresAt: { gt: new Date() },
			connection: { archivedAt: null },
		},
	});
	if (!row) return null;
	if (!row.openedAt)
		await root().shareLink.updateMany({ where: { id: row.id, openedAt: null }, data: { openedAt: new Date() } });
	const { id, email, expiresAt, createdByEmail, accountId, merchantId, connectionId } = row;
	return {
		id,
		email,
		expiresAt,
		createdByEmail,
		scope: {
			accountId,
			merchantId,
			connectionId,
			actor: { type: "shareLink", id, name: email },
			may: new Set(mayByLink),
			requestId,
			network: networkOf(from),
		},
	};
}
