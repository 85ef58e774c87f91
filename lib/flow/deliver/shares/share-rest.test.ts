import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasLeft, nextPart, restOfShares, type Share, type ShareDelivery } from "./share-rest";

const share = (connectionId: string, place: number, units: Record<string, number>): Share => ({
	...{ connectionId, place },
	units: new Map(Object.entries(units)),
});
const delivery = (
	connectionId: string,
	units: Record<string, number>,
	more: Partial<ShareDelivery> = {},
): ShareDelivery => ({
	...{ connectionId, part: 1, state: "accepted", canceledThere: false },
	document: { lines: Object.entries(units).map(([lineId, quantity]) => ({ lineId, sku: lineId, quantity })) },
	...more,
});
const shares = [share("east", 1, { TEE: 2 }), share("west", 2, { TEE: 1, MUG: 1 })];
const rest = (quantities: Record<string, number>, ...deliveries: ShareDelivery[]) =>
	Object.fromEntries(
		[...restOfShares(new Map(Object.entries(quantities)), shares, deliveries)].map(([id, units]) => [
			id,
			Object.fromEntries(units),
		]),
	);

describe("3 TEE and 1 MUG, of which East sends 2 TEE", () => {
	it("are sent by each as planned", () => {
		expect(rest({ TEE: 3, MUG: 1 })).toEqual({ east: { TEE: 2 }, west: { TEE: 1, MUG: 1 } });
	});

	it("leave East nothing once it sent them, with or without an answer, and West its own", () => {
		for (const state of ["accepted", "sending", "unknown"])
			expect(rest({ TEE: 3, MUG: 1 }, delivery("east", { TEE: 2 }, { state }))).toEqual({
				...{ east: {}, west: { TEE: 1, MUG: 1 } },
			});
	});

	it("are sent again where the warehouse refused them, and not where it canceled them", () => {
		expect(rest({ TEE: 3, MUG: 1 }, delivery("east", { TEE: 2 }, { state: "refused" })).east).toEqual({ TEE: 2 });
		const canceled = delivery("east", { TEE: 2 }, { state: "canceled", canceledThere: true });
		expect(rest({ TEE: 3, MUG: 1 }, canceled)).toEqual({ east: {}, west: { TEE: 1, MUG: 1 } });
	});

	it("grow by what is ordered later, which goes with the first, and shrink from the last", () => {
		const sent = delivery("west", { TEE: 1, MUG: 1 });
		expect(rest({ TEE: 4, MUG: 1, CAP: 2 }, sent)).toEqual({ east: { TEE: 3, CAP: 2 }, west: {} });
		expect(rest({ TEE: 2, MUG: 1 })).toEqual({ east: { TEE: 2 }, west: { MUG: 1 } });
		expect(rest({ TEE: 2, MUG: 1 }, sent)).toEqual({ east: { TEE: 1 }, west: {} });
	});

	it("leave nobody anything where a delivery stands for the whole order", () => {
		const byHand = { ...delivery("east", {}), document: {} };
		expect(rest({ TEE: 3, MUG: 1 }, byHand)).toEqual({ east: {}, west: {} });
		expect([hasLeft([byHand]), hasLeft([delivery("east", {}, { state: "refused" })])]).toEqual([true, false]);
	});
});

it("a part keeps the place of its share, and later ones follow all that there are", () => {
	const [east, west] = shares as [Share, Share];
	expect([nextPart(east, shares, []), nextPart(west, shares, [])]).toEqual([1, 2]);
	const first = delivery("east", { TEE: 1 });
	expect([nextPart(east, shares, [first]), nextPart(west, shares, [first])]).toEqual([3, 2]);
});

describe("random orders that change while their warehouses send", () => {
	const lines = ["A", "B", "C"];
	const amounts = fc.dictionary(fc.constantFrom(...lines), fc.integer({ min: 0, max: 6 }));
	const step = fc.record({
		who: fc.integer({ min: 0, max: 2 }),
		part: fc.integer({ min: 1, max: 100 }),
		changed: amounts,
	});

	it("never send a unit twice, and send every unit that is still ordered", () => {
		fc.assert(
			fc.property(
				amounts,
				fc.array(amounts, { minLength: 1, maxLength: 3 }),
				fc.array(step),
				(ordered, plans, steps) => {
					const all = plans.map((units, place) => share(`w${place}`, place + 1, units));
					const deliveries: ShareDelivery[] = [];
					let now = new Map(Object.entries(ordered));
					const most = new Map(now);
					const sentOf = (line: string) =>
						deliveries.reduce(
							(sum, { document }) =>
								sum +
								(document as { lines: { lineId: string; quantity: number }[] }).lines
									.filter(({ lineId }) => lineId === line)
									.reduce((units, { quantity }) => units + quantity, 0),
							0,
						);
					const send = (id: string, percent: number) => {
						const mine = restOfShares(now, all, deliveries).get(id) ?? new Map<string, number>();
						const units = [...mine].map(([line, count]) => [line, Math.ceil((count * percent) / 100)] as const);
						if (units.length > 0) deliveries.push(delivery(id, Object.fromEntries(units)));
					};
					for (const { who, part, changed } of steps) {
						send(`w${who}`, part);
						if (part % 5 > 0) continue;
						now = new Map(Object.entries(changed));
						for (const [line, count] of now) most.set(line, Math.max(most.get(line) ?? 0, count));
					}
					for (const { connectionId } of all) send(connectionId, 100);
					for (const line of lines) {
						expect(sentOf(line)).toBeLessThanOrEqual(most.get(line) ?? 0);
						expect(sentOf(line)).toBeGreaterThanOrEqual(now.get(line) ?? 0);
					}
				},
			),
			{ numRuns: 300 },
		);
	});
});
