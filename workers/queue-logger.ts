import { Logger } from "graphile-worker";
import { log } from "@/lib/log";

/** The queue's own words go to our log; its chatter about each job stays below debug. */
export function queueLogger(): Logger {
	return new Logger(() => (level, message) => {
		if (level === "error") log().error({ source: "queue" }, message);
		else if (level === "warning") log().warn({ source: "queue" }, message);
		else log().trace({ source: "queue" }, message);
	});
}
