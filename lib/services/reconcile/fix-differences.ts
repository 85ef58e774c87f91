/** The buttons of differences. Each does what a person could do elsewhere; whether it helped, the next round says. */
import { type DifferenceKind, differenceKinds, type FixAction, fixOf } from "@/lib/canonical/difference";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type FlowJobName, flowJob } from "@/lib/jobs/catalogue";
import { enqueue } from "@/lib/jobs/job";
import { pullOrderNow } from "../orders/pull-order-now";
import { resendTracking } from "../orders/resend-tracking";
import { mustBeConnection } from "./must-be-connection";
import { cancelHere, sendAgain } from "./send-again";

/** How many differences one press may mend. */
const most = 200;

interface Wanted {
	id: string;
	subject: string;
	orderId: string | null;
	firstSeenAt: Date;
}

export interface Fixed {
	/** How many were asked to be mended now. */
	asked: number;
	/** Those of the kind that are left, because there were more or because one could not be asked. */
	left: number;
	/** Why the first that could not be asked could not. */
	problem: string | null;
}

/**
 * Mends one difference, or up to 200 of a kind: those first that were not asked yet. Throws `not-found` for a foreign
 * connection or difference, `conflict` where the kind has no button or the one asked for cannot be mended.
 */
export async function fixDifferences(
	scope: Scope,
	connectionId: string,
	which: { kind: DifferenceKind; differenceId?: string | undefined },
): Promise<Fixed> {
	const fix = fixOf(which.kind);
	if (!fix) throw new AppError("conflict", { problem: "Only a person can judge these. Open the order." });
	const { wanted, open } = await transact(scope, (tx) => readWanted(tx, scope, connectionId, which));
	let asked = 0;
	let refused: AppError | null = null;
	if (fix.action === "fetch-shipments" || fix.action === "read-stock") {
		await transact(scope, (tx) => readAgain(tx, scope, connectionId, fix.action));
		asked = wanted.length;
		await markAsked(scope, wanted);
	} else {
		for (const one of wanted) {
			try {
				await fixOne(scope, connectionId, fix.action, one);
				await markAsked(scope, [one]);
				asked++;
			} catch (error) {
				if (!(error instanceof AppError)) throw error;
				refused ??= error;
			}
		}
	}
	if (which.differenceId && refused) throw refused;
	return { asked, left: open - asked, problem: refused?.message ?? null };
}

async function readWanted(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
	{ kind, differenceId }: { kind: DifferenceKind; differenceId?: string | undefined },
): Promise<{ wanted: Wanted[]; open: number }> {
	const connection = await mustBeConnection(tx, scope, connectionId);
	const wanted = await tx.sql<Wanted & { open: number }>(
		`select "id", "subject", "orderId", "firstSeenAt", count(*) over ()::int as "open" from "ReconciliationDifference"
		 where "accountId" = $1 and "connectionId" = $2 and "kind" = $3 and "goneAt" is null and ($4::text is null or "id" = $4)
		 order by "fixAskedAt" nulls first, "id" limit ${most}`,
		[scope.accountId, connectionId, kind, differenceId ?? null],
	);
	if (differenceId && wanted.length === 0) throw new AppError("not-found", { thing: "difference" });
	await audit(tx, scope, {
		action: "difference.fix-asked",
		subjectType: "connection",
		subjectId: connectionId,
		merchantId: connection.merchantId,
		after: { difference: differenceKinds[kind].title, count: wanted.length },
	});
	return { wanted, open: wanted[0]?.open ?? 0 };
}

async function fixOne(scope: Scope, connectionId: string, action: FixAction, one: Wanted): Promise<void> {
	if (action === "pull") await pullOrderNow(scope, connectionId, one.subject);
	else if (action === "cancel")
		await transact(scope, (tx) => run(tx, scope, connectionId, "orders/cancel", one.subject));
	else if (!one.orderId) throw new AppError("conflict", { problem: "The order is no longer here." });
	else if (action === "resend-tracking") await resendTracking(scope, one.orderId);
	else if (action === "send-again") await sendAgain(scope, one.orderId);
	else await cancelHere(scope, one.orderId);
}

/** What was passed over is read once more: all since a day before the oldest of them was first missed. */
async function readAgain(tx: Transaction, scope: Scope, connectionId: string, action: FixAction): Promise<void> {
	if (action === "read-stock") return run(tx, scope, connectionId, "inventory/fetch");
	await tx.sql(
		`update "Flow" set "lookedBackAt" = least(coalesce("lookedBackAt", now()), now() - interval '30 days')
		 where "accountId" = $1 and "connectionId" = $2 and "job" = 'shipments/fetch'`,
		[scope.accountId, connectionId],
	);
	await run(tx, scope, connectionId, "shipments/fetch");
}

async function run(
	tx: Transaction,
	scope: Scope,
	connectionId: string,
	job: FlowJobName,
	only?: string,
): Promise<void> {
	const [flow] = await tx.sql<{
		id: string;
		merchantId: string;
		name: string;
		state: string;
		pausedAt: Date | null;
	}>(
		`select f."id", f."merchantId", c."name", c."state", f."pausedAt" from "Flow" f
		 join "Connection" c on c."accountId" = f."accountId" and c."id" = f."connectionId"
		 where f."accountId" = $1 and f."connectionId" = $2 and f."job" = $3`,
		[scope.accountId, connectionId, job],
	);
	if (!flow) throw new AppError("conflict", { problem: "This connection has no such function." });
	if (flow.state !== "active" || flow.pausedAt)
		throw new AppError("conflict", { problem: `${flow.name} does not run now. Resume it first.` });
	const actorId = scope.actor.type === "job" ? undefined : scope.actor.id;
	await enqueue(tx, flowJob(job), {
		...{ accountId: scope.accountId, merchantId: flow.merchantId, flowId: flow.id, trigger: "person" as const },
		...(only && { only }),
		...(actorId && { actorId }),
	});
}

async function markAsked(scope: Scope, fixed: Wanted[]): Promise<void> {
	await transact(scope, (tx) =>
		tx.sql(`update "ReconciliationDifference" set "fixAskedAt" = now() where "accountId" = $1 and "id" = any($2)`, [
			scope.accountId,
			fixed.map(({ id }) => id),
		]),
	);
}
