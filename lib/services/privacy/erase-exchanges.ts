/**
 * Blanks what was said in requests that were about erased orders, or that hold words which lead to their shoppers.
 * That there was a request, when, how long it took and how it was answered stays. Packs are opened one by one.
 */
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { z } from "zod";
import type { Transaction } from "@/lib/db/transact";
import type { Tenant } from "./erase-orders";
import { erased, finderOf } from "./person";

const unzip = promisify(gunzip);
const zip = promisify(gzip);
const pack = z.array(z.unknown());
const blanked = { requestHeaders: {}, requestBody: erased, answerHeaders: {}, answerBody: erased };

export interface Sought {
	words: string[];
	exchangeIds: string[];
}
interface Holder {
	id: string;
	runId: string | null;
	content: Buffer;
}
interface Member {
	id: string;
	place: number;
	url: string;
	error: string | null;
}

export function countPacks(tx: Transaction, { accountId, merchantId }: Tenant): Promise<{ count: number }[]> {
	return tx.sql<{ count: number }>(
		`select count(*)::int as "count" from "Exchange" where "accountId" = $1 and "merchantId" = $2 and "content" is not null`,
		[accountId, merchantId],
	);
}

/** Looks through the next packs after the cursor. `looked` is less than `most` at the end. */
export async function eraseExchanges(
	tx: Transaction,
	tenant: Tenant,
	sought: Sought,
	{ cursor, most }: { cursor: string; most: number },
): Promise<{ looked: number; erased: number; cursor: string }> {
	const holders = await tx.sql<Holder>(
		`select "id", "runId", "content" from "Exchange"
		 where "accountId" = $1 and "merchantId" = $2 and "content" is not null and "id" > $3 order by "id" limit $4`,
		[tenant.accountId, tenant.merchantId, cursor, most],
	);
	const [has, linked] = [finderOf(sought.words), new Set(sought.exchangeIds)];
	let count = 0;
	for (const holder of holders) count += await erasePack(tx, tenant, holder, { has, linked });
	return { looked: holders.length, erased: count, cursor: holders.at(-1)?.id ?? cursor };
}

interface Marks {
	has: (text: string) => boolean;
	linked: ReadonlySet<string>;
}

async function erasePack(tx: Transaction, tenant: Tenant, holder: Holder, { has, linked }: Marks): Promise<number> {
	const said = pack.parse(JSON.parse((await unzip(holder.content)).toString("utf8")));
	const members = await tx.sql<Member>(
		`select "id", "place", "url", "error" from "Exchange"
		 where "accountId" = $1 and "packId" = $2 and ("runId" = $3 or "id" = $2)`,
		[tenant.accountId, holder.id, holder.runId],
	);
	const byPlace = new Map(members.map((member) => [member.place, member]));
	let count = 0;
	for (const [place, part] of said.entries()) {
		const member = byPlace.get(place);
		const mentioned = strings(part).some(has);
		const elsewhere = member && has(`${member.url} ${member.error ?? ""}`);
		if (!mentioned && !elsewhere && !(member && linked.has(member.id))) continue;
		said[place] = blanked;
		if (member && elsewhere) await eraseRow(tx, tenant, member);
		count++;
	}
	if (count > 0)
		await tx.sql(`update "Exchange" set "content" = $3 where "accountId" = $1 and "id" = $2`, [
			tenant.accountId,
			holder.id,
			await zip(JSON.stringify(said), { level: 1 }),
		]);
	return count;
}

function strings(value: unknown): string[] {
	if (typeof value === "string") return [value];
	return typeof value === "object" && value !== null ? Object.values(value).flatMap(strings) : [];
}

/** Of an address that holds a person, the system it leads to is left. */
function eraseRow(tx: Transaction, { accountId }: Tenant, { id, url }: Member): Promise<unknown[]> {
	const origin = URL.canParse(url) ? new URL(url).origin : "";
	return tx.sql(
		`update "Exchange" set "url" = $3, "error" = case when "error" is null then null else $4 end where "accountId" = $1 and "id" = $2`,
		[accountId, id, `${origin}/${erased}`, erased],
	);
}
