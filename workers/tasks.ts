import type { Task, TaskList } from "graphile-worker";
import { performRun } from "@/lib/flow/run/perform-run";
import { bulkJob, bulkPayload } from "@/lib/jobs/bulk";
import { flowJobNames, flowPayload } from "@/lib/jobs/catalogue";
import { eraseJob, exportJob, type PrivacyPayload, privacyPayload } from "@/lib/jobs/privacy";
import { log } from "@/lib/log";
import { runBulk } from "@/lib/services/bulk/run-bulk";
import { runErasure } from "@/lib/services/privacy/run-erasure";
import { runExport } from "@/lib/services/privacy/run-export";
import { forget } from "./tasks/system/forget";
import { notify } from "./tasks/system/notify";
import { prune } from "./tasks/system/prune";
import { sweep } from "./tasks/system/sweep";
import { tick } from "./tasks/system/tick";
import { watch } from "./tasks/system/watch";
import { watchTests } from "./tasks/system/watch-tests";

/** Every task the queue may hand us, by name. Flow jobs differ only in the flow their payload names. */
export function taskList(worker: { id: string; signal: AbortSignal; now: () => Date }): TaskList {
	const flow: Task = async (payload) => {
		const parsed = flowPayload.parse(payload);
		const startedMs = performance.now();
		const how = await performRun(parsed, worker);
		log().debug({ flowId: parsed.flowId, how, durationMs: Math.round(performance.now() - startedMs) }, "flow");
	};
	return {
		...Object.fromEntries(flowJobNames.map((name) => [name, flow])),
		"system/tick": async () => {
			const flows = await tick(worker.now());
			if (flows > 0) log().debug({ flows }, "tick");
		},
		"system/sweep": async () => {
			const swept = await sweep(worker.now());
			if (swept.workers + swept.runs + swept.flows > 0) log().info(swept, "sweep");
		},
		"system/notify": async () => {
			const told = await notify(new Date(), worker.signal);
			if (told.mails + told.webhooks + told.failed > 0) log().info(told, "notify");
		},
		"system/tests": async () => {
			await watchTests(worker.signal);
		},
		"system/watch": async () => {
			const merchants = await watch(worker.now());
			if (merchants > 0) log().info({ merchants }, "late orders");
		},
		"system/forget": async () => {
			const rounds = await forget(worker.now());
			if (rounds > 0) log().info({ rounds }, "personal data is old enough to erase");
		},
		"system/prune": prune,
		[bulkJob.task]: async (payload) => {
			if (!(await runBulk(bulkPayload.parse(payload), worker))) throw new Error("the worker was asked to stop");
		},
		[eraseJob.task]: wholly((payload) => runErasure(payload, worker)),
		[exportJob.task]: wholly((payload) => runExport(payload, worker)),
	};
}

/** Work that was told to stop halfway is handed back to the queue, which gives it to another worker. */
function wholly(run: (payload: PrivacyPayload) => Promise<boolean>): Task {
	return async (payload) => {
		if (!(await run(privacyPayload.parse(payload)))) throw new Error("the worker was asked to stop");
	};
}
