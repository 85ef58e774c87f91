import type { z } from "zod";
import type { overview } from "@/lib/api/contract/overview";
import { idFloor } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import type { Transaction } from "@/lib/db/transact";
import { flowJobs, isFlowJob } from "@/lib/jobs/catalogue";
import { after, dayMs } from "@/lib/time";

type Overview = z.input<typeof overview>;
interface About {
	tx: Transaction;
	scope: Scope;
	merchantId: string | undefined;
	now: Date;
}
interface LateRow {
	id: string;
	name: string;
	since: Date;
	orders: number;
	orderId: string;
}

/** Per merchant: the orders that wait for the warehouse. */
export function readLate(about: About): Promise<Overview["late"]> {
	return lateOrders(
		about,
		`select o."id", o."merchantId", o."createdAt" as "since" from "Order" o
		 where o."accountId" = $1 and ($2::text is null or o."merchantId" = $2) and o."status" = 'new' and o."heldAt" is null and not o."sendingCanceled"
		   and o."testId" is null`,
	);
}

/** Per merchant: the orders that left and whose cart does not know all of it. What waits on purpose for the rest is not late. */
export function readUntold(about: About): Promise<Overview["untold"]> {
	return lateOrders(
		about,
		`select o."id", o."merchantId", min(c."createdAt") as "since" from "Confirmation" c
		 join "Order" o on o."accountId" = c."accountId" and o."id" = c."orderId"
		 where c."accountId" = $1 and ($2::text is null or c."merchantId" = $2) and o."status" in ('at_wms', 'shipped') and o."testId" is null
		   and (c."nextTryAt" is not null or c."state" in ('sending', 'unknown', 'refused')) group by o."id", o."merchantId"`,
	);
}

async function lateOrders({ tx, scope, merchantId }: About, orders: string): Promise<Overview["late"]> {
	const rows = await tx.sql<LateRow>(
		`with late as (${orders})
		 select m."id", m."name", min(l."since") as "since", count(*)::int as "orders", (array_agg(l."id" order by l."since", l."id"))[1] as "orderId"
		 from late l join "Merchant" m on m."accountId" = $1 and m."id" = l."merchantId" group by m."id", m."name" order by 3 limit 10`,
		[scope.accountId, merchantId ?? null],
	);
	return rows.map(({ id, name, ...late }) => ({ merchant: { id, name }, ...late }));
}

/** The functions whose runs failed in the last day, or ended with problems: how often, and the newest of them. */
export async function readFailed({ tx, scope, merchantId, now }: About): Promise<Overview["failed"]> {
	const rows = await tx.sql<{ job: string; name: string; connectionId: string; runs: number; at: Date; runId: string }>(
		`select r."job", c."name", c."id" as "connectionId", count(*)::int as "runs", max(r."startedAt") as "at", max(r."id") as "runId"
		 from "Run" r join "Connection" c on c."accountId" = r."accountId" and c."id" = r."connectionId"
		 where r."accountId" = $1 and ($2::text is null or r."merchantId" = $2) and r."id" > $3 and r."startedAt" >= $4
		   and r."state" in ('failed', 'done_with_problems')
		 group by r."job", c."id", c."name" order by max(r."id") desc limit 10`,
		[scope.accountId, merchantId ?? null, idFloor("run", after(now, -dayMs)), after(now, -dayMs)],
	);
	return rows.map(({ job, name, connectionId, ...rest }) => ({
		...{ title: isFlowJob(job) ? flowJobs[job].title : job, connection: { id: connectionId, name } },
		...rest,
	}));
}
