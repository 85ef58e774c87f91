/**
 * Codes that a warehouse tells of its products become aliases. Promise: what a person entered stays, and one code never
 * leads to two products; what stands in the way is said on the run, by name.
 */
import type { Product } from "@/lib/canonical/catalogue";
import { insertRows, updateRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import { triggerAutomatic } from "../run/trigger";
import type { Commit, FlowWork } from "../work";
import { freeWaiting } from "./free-waiting";

interface Wanted {
	sku: string;
	name: string;
	code: string;
}
interface Taken extends Wanted {
	by: "person" | "here" | "elsewhere";
}

export async function storeAliases(tx: Commit, work: FlowWork, products: Product[]): Promise<void> {
	const wanted = products.flatMap(({ sku, aliases }) =>
		(aliases ?? []).filter(({ code }) => code !== sku).map(({ name, code }) => ({ sku, name, code })),
	);
	if (wanted.length === 0) return;
	const { fit, refused } = sortOut(wanted, await readTaken(tx, work, wanted));
	for (const { sku, reason } of refused) tx.record({ subjectType: "sku", subject: sku, outcome: "skipped", reason });
	tx.count("skipped", refused.length);
	const changed = await write(tx, work, fit);
	if (changed.length === 0) return;
	const codes = [...new Set(changed.flatMap(({ sku, code }) => [sku, code]))];
	const freed = await freeWaiting(tx, work.scope, codes);
	if (freed.length > 0) await triggerAutomatic(tx, work, "orders/deliver");
}

/** All rows that share a code with what is wanted, or a product's type of code. */
function readTaken(tx: Commit, work: FlowWork, wanted: Wanted[]): Promise<Taken[]> {
	return tx.sql<Taken>(
		`select "sku", "name", "code", case when "connectionId" is null then 'person' when "connectionId" = $5 then 'here' else 'elsewhere' end as "by"
		 from "ItemAlias"
		 where "accountId" = $1 and "merchantId" = $2 and ("code" = any($3) or "sku" = any($4))`,
		[
			work.scope.accountId,
			work.scope.merchantId,
			wanted.map(({ code }) => code),
			[...new Set(wanted.map(({ sku }) => sku))],
			work.connection.id,
		],
	);
}

/** What can be written, and what cannot and why. Pure. */
function sortOut(wanted: Wanted[], taken: Taken[]): { fit: Wanted[]; refused: { sku: string; reason: string }[] } {
	const owners = new Map(taken.map(({ code, sku }) => [code, sku]));
	const byType = new Map(taken.map((one) => [placeOf(one), one]));
	const fit = new Map<string, Wanted>();
	const refused: { sku: string; reason: string }[] = [];
	for (const one of wanted) {
		const owner = owners.get(one.code);
		// A code that leads to the product already is there, whatever it is called.
		if (owner === one.sku) continue;
		const because = owner ? `it leads to ${owner} already` : whyNot(byType.get(placeOf(one)), fit.get(placeOf(one)));
		if (because) {
			refused.push({ sku: one.sku, reason: `The ${one.name} code ${one.code} was not taken: ${because}.` });
			continue;
		}
		owners.set(one.code, one.sku);
		fit.set(placeOf(one), one);
	}
	return { fit: [...fit.values()], refused };
}

/** A product has one code of each type: the person's comes first, then the one that was told first. */
function whyNot(stored: Taken | undefined, now: Wanted | undefined): string | null {
	if (now) return `the warehouse tells ${now.code} for it too`;
	if (stored?.by === "person") return `a person entered ${stored.code} for it`;
	return stored?.by === "elsewhere" ? `another warehouse tells ${stored.code} for it` : null;
}

const placeOf = ({ sku, name }: { sku: string; name: string }) => `${sku}\n${name}`;

/** A downloaded code that became another is replaced; what is new is added. */
async function write(tx: Commit, work: FlowWork, fit: Wanted[]): Promise<Wanted[]> {
	const { accountId, merchantId } = work.scope;
	const changed = await updateRows<Record<string, string>, Wanted>(
		tx,
		"ItemAlias",
		{ sku: "text", name: "text", code: "text" },
		fit.map((one) => ({ ...one })),
		{
			key: "sku",
			set: `"code" = given."code", "connectionId" = $3, "updatedAt" = now()`,
			where: `"ItemAlias"."accountId" = $2 and "ItemAlias"."sku" = given."sku" and "ItemAlias"."name" = given."name" and "ItemAlias"."connectionId" is not null and "ItemAlias"."merchantId" = $4`,
			returning: `given."sku", given."name", given."code"`,
		},
		[accountId, work.connection.id, merchantId],
	);
	const added = await insertRows<Record<string, string>, Wanted>(
		tx,
		"ItemAlias",
		{
			...{ id: "text", accountId: "text", merchantId: "text", connectionId: "text" },
			...{ sku: "text", name: "text", code: "text", updatedAt: "timestamptz" },
		},
		fit.map((one) => ({
			...{ id: newId("itm"), accountId, merchantId, connectionId: work.connection.id },
			...{ ...one, updatedAt: work.now() },
		})),
		`on conflict do nothing returning "sku", "name", "code"`,
	);
	return [...changed, ...added];
}
