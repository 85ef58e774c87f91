/** Events as a partner may post them: twice, late, in any order, forged, or kept by somebody to be sent again. */
import { handleHook } from "@/lib/api/serve/handle-hook";
import { dayMs, hourMs } from "@/lib/time";
import type { World } from "./world";

export const eventTroubles = ["doubled", "out of order", "late", "forged", "replayed"] as const;
export type EventTrouble = (typeof eventTroubles)[number];

/** Posts them to the same edge as in earnest. Throws when one that must be refused was taken. */
export async function postEvents({ warehouses: [{ sandbox, wms }] }: World, trouble: EventTrouble): Promise<void> {
	const shipped = (agoMs = 0) => sandbox.event("OrderConfirm", { OrderId: "1" }, new Date(Date.now() - agoMs));
	const post = async (event: Request) => (await handleHook(event, wms.id)).status;
	const first = shipped();
	switch (trouble) {
		case "doubled":
			await Promise.all([post(first.clone()), post(first.clone()), post(first)]);
			return;
		case "out of order": {
			const second = shipped();
			await post(second);
			await post(first);
			return;
		}
		case "late":
			await post(shipped(6 * hourMs));
			return;
		case "forged":
			return mustBeRefused(post, sandbox.event("OrderConfirm", { OrderId: "1" }), (body) => `${body} `);
		case "replayed":
			return mustBeRefused(post, shipped(5 * dayMs), (body) => body);
	}
}

async function mustBeRefused(
	post: (event: Request) => Promise<number>,
	event: Request,
	change: (body: string) => string,
): Promise<void> {
	const { url, headers } = event;
	const status = await post(new Request(url, { method: "POST", headers, body: change(await event.text()) }));
	if (status < 400) throw new Error("an event was taken that had to be refused");
}
