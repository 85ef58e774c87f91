import { z } from "zod";
import { job } from "./job";

/** The tasks that belong to no tenant, and when they run (cron, UTC). */
export const systemTasks = {
	"system/tick": "* * * * *",
	"system/sweep": "* * * * *",
	"system/notify": "* * * * *",
	"system/tests": "* * * * *",
	"system/watch": "*/15 * * * *",
	"system/forget": "41 * * * *",
	"system/prune": "17 3 * * *",
} as const;

/** Sends what waits to be told now, not with the next minute. It tells everybody, whoever asked. */
export const notifyJob = job({
	task: "system/notify",
	payload: z.object({ accountId: z.string() }),
	key: () => "system/notify",
	maxAttempts: 3,
	priority: 0,
});
