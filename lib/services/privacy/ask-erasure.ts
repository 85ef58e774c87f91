import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { enqueue } from "@/lib/jobs/job";
import { eraseJob } from "@/lib/jobs/privacy";
import { isClosed } from "./erase-orders";
import { belongsTo, comparable, hintOf, type Shopper } from "./find-shopper";
import { sealShopper } from "./run-erasure";

interface Found {
	id: string;
	name: string;
	orders: number;
	openOrders: number;
}
export interface AskedShopper extends Shopper {
	/** Only this merchant's orders. */
	merchantId?: string | undefined;
}

/** How many orders of which merchants would be erased; changes nothing. */
export async function previewErasure(scope: Scope, asked: AskedShopper): Promise<{ merchants: Found[] }> {
	const shopper = comparable(asked);
	return { merchants: await transact(scope, (tx) => findMerchants(tx, scope, asked, shopper)) };
}

/**
 * Begins to erase one shopper: one erasure for each merchant they bought from, as far as the asker's merchants go.
 * Throws `not-found` when nobody fits.
 */
export async function askErasure(scope: Scope, asked: AskedShopper): Promise<{ ids: string[] }> {
	const shopper = comparable(asked);
	return transact(scope, async (tx) => {
		const merchants = await findMerchants(tx, scope, asked, shopper);
		if (merchants.length === 0) throw new AppError("not-found", { thing: "shopper" });
		const ids: string[] = [];
		for (const { id: merchantId, orders } of merchants)
			ids.push(await begin(tx, scope, { merchantId, orders, shopper }));
		return { ids };
	});
}

interface Beginning {
	merchantId: string;
	orders: number;
	shopper: Shopper;
}

async function begin(tx: Transaction, scope: Scope, { merchantId, orders, shopper }: Beginning): Promise<string> {
	const { accountId, actor } = scope;
	const id = newId("ers");
	const hint = shopper.by === "number" ? "one order" : hintOf(shopper);
	await tx.sql(
		`insert into "Erasure" ("id", "accountId", "merchantId", "kind", "by", "hint", "sealed", "createdById", "createdByName")
		 values ($1, $2, $3, 'shopper', $4, $5, $6, $7, $8)`,
		[
			...[id, accountId, merchantId, shopper.by, hint],
			await sealShopper(tx, { accountId, id }, { value: shopper.value }),
			...(actor.type === "job" ? [actor.task, ""] : [actor.id, actor.name ?? ""]),
		],
	);
	await audit(tx, scope, {
		action: "shopper.erasure-asked",
		subjectType: "erasure",
		subjectId: id,
		merchantId,
		after: { by: shopper.by, shopper: hint, orders },
	});
	await enqueue(tx, eraseJob, { accountId, merchantId, id });
	return id;
}

async function findMerchants(
	tx: Transaction,
	scope: Scope,
	{ merchantId }: AskedShopper,
	{ by, value }: Shopper,
): Promise<Found[]> {
	if (merchantId) await mustBeOurs(tx, scope, merchantId);
	return tx.sql<Found>(
		`select m."id", m."name", count(*)::int as "orders", (count(*) filter (where not (${isClosed})))::int as "openOrders"
		 from "Order" o join "Merchant" m on m."accountId" = o."accountId" and m."id" = o."merchantId"
		 where o."accountId" = $1 and o."erasedAt" is null and ($2::text is null or o."merchantId" = $2) and ${belongsTo(by, "$3")}
		 group by m."id", m."name" order by m."name"`,
		[scope.accountId, scope.merchantId ?? merchantId ?? null, value],
	);
}

/** Throws `not-found` for a merchant that is not the asker's. */
export async function mustBeOurs(tx: Transaction, scope: Scope, merchantId: string): Promise<void> {
	const [merchant] = await tx.sql<{ id: string }>(`select "id" from "Merchant" where "accountId" = $1 and "id" = $2`, [
		scope.accountId,
		merchantId,
	]);
	if (!merchant || (scope.merchantId && scope.merchantId !== merchantId))
		throw new AppError("not-found", { thing: "merchant" });
}
