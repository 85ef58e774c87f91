import type { z } from "zod";
import type { schedule as scheduleSchema } from "@/lib/api/contract/connections";
import { mayChangeSide } from "@/lib/auth/roles";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { nextRun } from "@/lib/flow/schedule/next-run";
import { type FlowJobName, flowJobs } from "@/lib/jobs/catalogue";
import { goOn } from "./go-on";
import { type FlowView, readFlows } from "./read-flows";

export type Schedule = z.output<typeof scheduleSchema>;

interface Locked {
	id: string;
	merchantId: string;
	connectionId: string;
	job: FlowJobName;
	mode: string;
	everyMinutes: number | null;
	dailyAt: number | null;
	timeZone: string;
	pausedAt: Date | null;
}

/** Sets when a function runs, or pauses and resumes it. Throws `bad-input` for a schedule the function does not offer. */
export function scheduleFlow(
	scope: Scope,
	flowId: string,
	change: { schedule?: Schedule | undefined; paused?: boolean | undefined },
): Promise<FlowView> {
	return transact(scope, async (tx) => {
		const [flow] = await tx.sql<Locked>(
			`select f."id", f."merchantId", f."connectionId", f."job", f."mode", f."everyMinutes", f."dailyAt", f."timeZone", f."pausedAt" from "Flow" f
			 join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
			 where f."accountId" = $1 and f."id" = $2 and c."archivedAt" is null for update of f`,
			[scope.accountId, flowId],
		);
		if (!flow) throw new AppError("not-found", { thing: "function" });
		if (!mayChangeSide(scope, flowJobs[flow.job].side)) throw new AppError("forbidden");
		if (change.schedule) mustBeOffered(flow.job, change.schedule);
		const now = new Date();
		const schedule = change.schedule ? { ...none, ...change.schedule } : flow;
		const paused = change.paused ?? flow.pausedAt !== null;
		const next = paused ? null : nextRun({ ...flow, ...schedule, id: flow.id }, now);
		await tx.sql(
			`update "Flow" set "mode" = $3, "everyMinutes" = $4, "dailyAt" = $5, "pausedAt" = $6, "nextRunAt" = $7, "updatedAt" = now()
			 where "accountId" = $1 and "id" = $2`,
			[
				scope.accountId,
				flowId,
				schedule.mode,
				schedule.everyMinutes,
				schedule.dailyAt,
				paused ? (flow.pausedAt ?? now) : null,
				next,
			],
		);
		// What became due meanwhile is not announced again: a function that goes on looks once by itself.
		if (flow.pausedAt && !paused) await goOn(tx, scope, flow.connectionId, { flowId });
		await audit(tx, scope, {
			action: "flow.scheduled",
			subjectType: "flow",
			subjectId: flowId,
			merchantId: flow.merchantId,
			before: {
				job: flow.job,
				mode: flow.mode,
				everyMinutes: flow.everyMinutes,
				dailyAt: flow.dailyAt,
				paused: flow.pausedAt !== null,
			},
			after: { mode: schedule.mode, everyMinutes: schedule.everyMinutes, dailyAt: schedule.dailyAt, paused },
		});
		const [view] = await readFlows(tx, scope, { flowId });
		if (!view) throw new AppError("not-found", { thing: "function" });
		return view;
	});
}

const none = { everyMinutes: null, dailyAt: null };

function mustBeOffered(job: FlowJobName, schedule: Schedule): void {
	const { title, fastestMinutes, automatic } = flowJobs[job];
	const refuse = (field: string, problem: string) => {
		throw new AppError("bad-input", { field: title, problem }, { fields: { [field]: problem } });
	};
	if (schedule.mode === "automatic" && !automatic) refuse("mode", "it cannot run by itself. Choose an interval.");
	if (schedule.mode === "every" && schedule.everyMinutes < fastestMinutes)
		refuse("everyMinutes", `it can run every ${fastestMinutes} minutes at the fastest.`);
}
