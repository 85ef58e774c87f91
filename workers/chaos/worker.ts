/**
 * A worker of a campaign: the real one, on a machine whose clock may be set wrong while it runs, and, when it is asked
 * for, with one of our promises switched off. Nothing else starts this file.
 */
import { allConnectors } from "@/lib/connectors";

let wrongMs = 0;
const RightDate = Date;

globalThis.Date = new Proxy(RightDate, {
	construct: (target, args: [], newTarget) =>
		Reflect.construct(target, args.length > 0 ? args : [RightDate.now() + wrongMs], newTarget) as Date,
	get: (target, name, receiver) =>
		name === "now" ? () => RightDate.now() + wrongMs : (Reflect.get(target, name, receiver) as unknown),
});
process.on("message", (message: unknown) => {
	if (typeof message === "object" && message !== null && "wrongMs" in message) wrongMs = Number(message.wrongMs);
});

if (process.env.CHAOS_BREAK === "look-before-send") {
	for (const { source, destination } of allConnectors())
		for (const creator of [source?.confirm, destination?.orders]) if (creator) creator.find = async () => null;
}

await import("../main");
