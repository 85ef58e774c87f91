/**
 * Events that the warehouse posts: signed with RSA-SHA256 over the raw body, the public key to be had from the
 * system itself. They come late, twice and in any order, so they only say what to read sooner.
 */
import { createPublicKey, verify as verifySignature } from "node:crypto";
import { z } from "zod";
import type { Context, Hooks } from "../kit/types";
import { hal } from "./calls";
import type { settings } from "./settings";

type Own = typeof settings;

const keyAnswer = z.object({ publicKey: z.string().includes("PUBLIC KEY") });
const event = z.object({
	wmsEventId: z.coerce.string().min(1),
	/** With seven digits of a second; in the warehouse's words UTC, with or without a Z. */
	eventDateTimeUtc: z.string(),
	eventType: z.string(),
});

export const hooks: Hooks<Own> = {
	async verify(context, request) {
		const signature = Buffer.from(request.headers.get("signature") ?? "", "base64");
		if (signature.length === 0) return false;
		const body = Buffer.from(await request.arrayBuffer());
		if (fits(await publicKey(context), body, signature)) return true;
		// The key may have been replaced since it was read; forgers cannot make us ask for it more than this often.
		return mayAskAgain(context) && fits(await publicKey(context, true), body, signature);
	},
	event(body) {
		const read = event.safeParse(body);
		const at = read.success ? timeOf(read.data.eventDateTimeUtc) : null;
		return read.success && at ? { id: read.data.wmsEventId, at } : null;
	},
	hints(body) {
		const read = event.safeParse(body);
		if (!read.success) return [];
		const { eventType } = read.data;
		if (/^Order(Confirm|Unconfirm|Complete|Update)$/.test(eventType)) return [{ reads: "shipments" }];
		if (eventType === "OrderCancel") return [{ reads: "cancellations" }];
		return /^(Receipt|Adjustment|Item|Inventory)/.test(eventType) ? [{ reads: "inventory" }] : [];
	},
};

function fits(key: string, body: Buffer, signature: Buffer): boolean {
	return verifySignature("RSA-SHA256", body, createPublicKey(key), signature);
}

function timeOf(text: string): Date | null {
	const at = new Date(`${text.replace(/(\.\d{3})\d+/, "$1").replace(/Z$/, "")}Z`);
	return Number.isNaN(at.getTime()) ? null : at;
}

const keys = new Map<string, { key: string; readAt: number }>();
/** Read anew after an hour, and sooner, but at most once a minute, when a signature does not fit. */
const freshMs = 3_600_000;
const leastMs = 60_000;

async function publicKey(context: Context<Own>, again = false): Promise<string> {
	const { baseUrl } = context.settings;
	const known = keys.get(baseUrl);
	const now = context.now().getTime();
	if (known && !again && now - known.readAt < freshMs) return known.key;
	const { data } = await context.http.get("/events/webhook/key", {
		schema: keyAnswer,
		headers: hal,
	});
	keys.set(baseUrl, { key: data.publicKey, readAt: now });
	return data.publicKey;
}

function mayAskAgain({ settings: { baseUrl }, now }: Context<Own>): boolean {
	return now().getTime() - (keys.get(baseUrl)?.readAt ?? 0) >= leastMs;
}
