/** The warehouse's events: the public key that tells them from forgeries, and events as it would post them. */
import { createSign, generateKeyPairSync } from "node:crypto";
import type { Hono } from "hono";
import type { SandboxEnv } from "../../kit/sandbox-server";

export interface EventSender {
	/** A call as the warehouse makes it. `at` is when the thing happened. */
	event(eventType: string, data: Record<string, string>, at?: Date): Request;
	/** From now on events are signed with another key. */
	replaceKey(): void;
}

export function eventRoutes(app: Hono<SandboxEnv>, now: () => Date): EventSender {
	let pair = newPair();
	let count = 0;
	app.get("/events/webhook/key", (c) =>
		c.json({
			publicKey: pair.publicKey.export({ type: "spki", format: "pem" }).toString(),
			retrievalDateISO: now().toISOString(),
		}),
	);
	return {
		replaceKey() {
			pair = newPair();
		},
		event(eventType, data, at = now()) {
			const body = JSON.stringify({
				tplId: 1,
				wmsEventId: ++count,
				eventDateTimeUtc: at.toISOString().replace("Z", "0000Z"),
				eventType,
				resource: { rel: "http://api.3plCentral.com/rels/orders/order", href: `/orders/${data.OrderId ?? 0}` },
				links: "[]",
				data: JSON.stringify(data),
				tags: "",
			});
			const signature = createSign("RSA-SHA256").update(body).sign(pair.privateKey, "base64");
			return new Request("https://hub.example/api/hooks", {
				method: "POST",
				headers: { "content-type": "application/json", signature },
				body,
			});
		},
	};
}

const newPair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
