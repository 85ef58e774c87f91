/** The tasks that belong to no tenant, and when they run (cron, UTC). */
export const systemTasks = {
	"system/tick": "* * * * *",
	"system/sweep": "* * * * *",
	"system/watch": "*/15 * * * *",
	"system/forget": "41 * * * *",
	"system/prune": "17 3 * * *",
} as const;
