import { randomBytes } from "node:crypto";
import { handleApi } from "@/lib/api/serve/handle";
import { makeKey } from "@/lib/auth/authorization";
import { hashOf, sessionCookieName } from "@/lib/auth/session-cookie";
import { newId } from "@/lib/db/ids";
import { root } from "@/lib/db/root";
import { type Permission, permissions } from "@/lib/db/scope";
import { after, hourMs } from "@/lib/time";

export interface TestPerson {
	userId: string;
	/** Value of the Cookie header that signs the person in. */
	cookie: string;
	call(method: string, path: string, body?: unknown): Promise<{ status: number; type: string; body: Answer }>;
}
/** Answers are read loosely here: each test knows what it asked for. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Answer = any;

/** A person with a session, and a membership where one is given. */
export async function createTestPerson(membership?: {
	accountId: string;
	role: "owner" | "admin" | "operator" | "viewer";
	merchantId?: string;
	/** For staff of chosen merchants. */
	chosenMerchantIds?: string[];
}): Promise<TestPerson> {
	const userId = newId("usr");
	const token = randomBytes(16).toString("hex");
	await root().user.create({ data: { id: userId, email: `${userId}@people.test` }, select: { id: true } });
	const expiresAt = after(new Date(), hourMs);
	await root().session.create({
		data: { id: newId("ses"), tokenHash: hashOf(token), userId, expiresAt },
		select: { id: true },
	});
	if (membership)
		await root().membership.create({
			data: {
				...{ id: newId("mem"), userId, merchantId: null, ...membership },
				chosenOnly: membership.chosenMerchantIds !== undefined,
			},
			select: { id: true },
		});
	const cookie = `${sessionCookieName()}=${token}`;
	return { userId, cookie, call: (method, path, body) => callApi(cookie, method, path, body) };
}

/** A living API key, as the header that sends it. */
export async function createTestKey(given: {
	accountId: string;
	merchantId?: string;
	connectionId?: string;
	permissions?: readonly Permission[];
}): Promise<{ authorization: string }> {
	const { key, prefix, tokenHash } = makeKey();
	const { permissions: may = permissions, ...level } = given;
	await root().apiKey.create({
		data: {
			...{ ...level, prefix, tokenHash, permissions: [...may] },
			...{ id: newId("key"), name: "Test key", createdById: "usr_test", createdByName: "Tester" },
		},
		select: { id: true },
	});
	return { authorization: `Bearer ${key}` };
}

/** One request to the API as a browser of our own page would send it, or as a program does. */
export async function callApi(
	caller: string | { authorization: string } | null,
	method: string,
	path: string,
	body?: unknown,
): Promise<{ status: number; type: string; body: Answer }> {
	const response = await handleApi(
		new Request(`http://127.0.0.1:3000/api/v1${path}`, {
			method,
			headers: {
				...(typeof caller === "string" ? { cookie: caller } : caller),
				...(body !== undefined && { "content-type": "application/json" }),
			},
			...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
		}),
	);
	const type = response.headers.get("content-type") ?? "";
	const text = await response.text();
	return { status: response.status, type, body: type.includes("json") ? JSON.parse(text) : text };
}
