/** Afterwards: what waits is let run out, and the stock is told one last time. */
import type { ChaosArguments } from "./arguments";
import { shipSome } from "./campaign";
import type { Crew } from "./crew";
import { pause, runFlows } from "./round";
import { wrongStock } from "./verdict";
import { partnersOf, type World } from "./world";

/** Half a second each. */
const rounds = 400;
/** After so many, faults whose call never came strike nobody any more. */
const leftoverRounds = 20;
/** When nothing has moved for so many, nothing will. With a promise switched off that is what is expected. */
const stalledRounds = 160;
const stalledRoundsBroken = 30;

/** True when everything came to rest: all orders confirmed or visibly refused, nothing running. */
export async function settle(world: World, crew: Crew, given: ChaosArguments): Promise<boolean> {
	const { orders } = given;
	const patience = given.broken ? stalledRoundsBroken : stalledRounds;
	const partners = partnersOf(world);
	let quiet = 0;
	let moved = { open: Number.POSITIVE_INFINITY, round: 0 };
	for (let round = 0; round < rounds; round++) {
		shipSome(world, () => 0, 1);
		crew.revive();
		const { finished: done, running, open } = await readProgress(world, orders);
		const finished = done && partners.every(({ faults }) => faults.idle);
		quiet = finished && running === 0 ? quiet + 1 : 0;
		if (quiet >= 3) return true;
		if (open < moved.open) moved = { open, round };
		if (round - moved.round > patience) return false;
		// Once all is done nothing more is asked for: what still runs must end by itself.
		if (!finished) {
			await runFlows(world);
			if (done) await runFlows(world, ["inventory/fetch", "inventory/upload"]);
			if (round === leftoverRounds) for (const { faults } of partners) faults.clear();
		}
		await pause(500);
	}
	return false;
}

async function readProgress({ tenant, refused }: World, orders: number) {
	const [row] = await tenant.sql<{ known: number; open: number; running: number; stopped: number }>(
		`select count(*)::int as "known", count(*) filter (where "status" not in ('confirmed', 'error'))::int as "open",
		   (select count(*)::int from "Run" where "state" = 'running') as "running",
		   (select count(*)::int from "Connection" where "state" <> 'active') as "stopped" from "Order"`,
	);
	const [other] = await refused.tenant.sql<{ running: number; active: number }>(
		`select (select count(*)::int from "Run" where "state" = 'running') as "running",
		   (select count(*)::int from "Connection" where "state" = 'active') as "active"`,
	);
	const finished = row?.known === orders && row.open === 0 && row.stopped === 0 && other?.active === 0;
	const open = orders - (row?.known ?? 0) + (row?.open ?? 0);
	return { finished, open, running: (row?.running ?? 0) + (other?.running ?? 0) };
}

/** The warehouse counts anew, and the shop must be told: the SKUs that it is told wrongly. */
export async function settleStock(world: World, skus: string[]): Promise<string[]> {
	for (const [place, sku] of skus.entries())
		for (const { sandbox } of world.warehouses) sandbox.store.setStock(sku, 2, 4_321 + place);
	for (let round = 0; round < 60; round++) {
		if (round % 4 === 0) await runFlows(world, round % 8 === 0 ? ["inventory/fetch"] : ["inventory/upload"]);
		await pause(250);
		if (wrongStock(world, skus).length === 0) break;
	}
	// The run that told the shop may not have written its end yet.
	for (let round = 0; round < 60 && (await readProgress(world, 0)).running > 0; round++) await pause(250);
	return wrongStock(world, skus);
}
