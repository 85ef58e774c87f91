/**
 * Which of several warehouses sends what of an order, by what they have. Pure. Promise: every unit is planned exactly
 * once, no more is taken from a warehouse than is free there, a kit comes whole from one of them, and one warehouse that
 * has everything sends everything.
 */
import { allocate, type Need } from "../allocate";

export interface RankedWarehouse {
	id: string;
	/** Units by item that are free there; what is not in it was never counted, which is none. */
	free: ReadonlyMap<string, number>;
}

/** What one warehouse is to send. */
export interface PlannedShare {
	warehouseId: string;
	/** Units by order line. */
	units: Map<string, number>;
	/** Of those, what no warehouse has. */
	missing: Map<string, number>;
}

/**
 * `ranked`: the first choice first. The first that has all of it sends all. Otherwise each in turn gives what it has,
 * until one of those that are left has all the rest. What nobody has goes with the first of the list.
 */
export function planSplit(needs: Need[], ranked: RankedWarehouse[]): PlannedShare[] {
	const [first] = ranked;
	if (!first) return [];
	const shares: PlannedShare[] = [];
	let rest = needs.filter(({ units }) => units > 0);
	for (const [place, warehouse] of ranked.entries()) {
		if (rest.length === 0) break;
		const whole = ranked.slice(place).find(({ free }) => hasAll(rest, free));
		const from = whole ?? warehouse;
		const units = takenFrom(rest, from.free);
		if (units.size > 0) shares.push({ warehouseId: from.id, units, missing: new Map() });
		rest = without(rest, units);
	}
	if (rest.length === 0) return shares;
	return withMissing(shares, first.id, new Map(rest.map(({ lineId, units }) => [lineId, units])));
}

function hasAll(needs: Need[], free: ReadonlyMap<string, number>): boolean {
	return without(needs, takenFrom(needs, free)).length === 0;
}

/** As a warehouse gives what is there of one order, line by line. */
function takenFrom(needs: Need[], free: ReadonlyMap<string, number>): Map<string, number> {
	const claimant = { orderId: "", needs, takes: true, asked: null };
	return allocate(free, [claimant], { partial: true, skipAhead: true })[0]?.sends ?? new Map();
}

function without(needs: Need[], units: ReadonlyMap<string, number>): Need[] {
	return needs.flatMap((need) => {
		const left = need.units - (units.get(need.lineId) ?? 0);
		return left > 0 ? [{ ...need, units: left }] : [];
	});
}

function withMissing(shares: PlannedShare[], firstId: string, missing: Map<string, number>): PlannedShare[] {
	const own = shares.find(({ warehouseId }) => warehouseId === firstId);
	const units = new Map(own?.units);
	for (const [lineId, count] of missing) units.set(lineId, (units.get(lineId) ?? 0) + count);
	return [{ warehouseId: firstId, units, missing }, ...shares.filter((share) => share !== own)];
}

/** Why a warehouse got its share, in a few words. */
export function shareReason({ units, missing }: PlannedShare, isOnly: boolean): string {
	const none = total(missing);
	if (none === 0) return isOnly ? "It has everything." : "What it has.";
	if (none === total(units)) return isOnly ? "No warehouse has any of it." : "What no warehouse has.";
	return "What it has, and what no warehouse has.";
}

function total(units: ReadonlyMap<string, number>): number {
	return [...units.values()].reduce((sum, count) => sum + count, 0);
}
