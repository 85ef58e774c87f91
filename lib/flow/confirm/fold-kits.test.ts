import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shipment as shipmentSchema } from "@/lib/canonical/shipment";
import { foldShipments, type OrderedLine, type SentLine } from "./fold-kits";

const kitLine: OrderedLine = { id: "lin_k", sku: "K", quantity: 3, shippedQuantity: 0 };
const kitSent = (partial: "wait" | "first" = "wait"): SentLine[] => [
	{ lineId: "lin_k.1", sku: "A", quantity: 6, kit: { lineId: "lin_k", per: 2, partial } },
	{ lineId: "lin_k.2", sku: "B", quantity: 3, kit: { lineId: "lin_k", per: 1, partial } },
];
const left = (units: Record<string, number>, tracking: string, final = false) =>
	shipmentSchema.parse({
		...{ externalId: tracking, shippedAt: new Date(0), final },
		lines: Object.entries(units).map(([sku, quantity]) => ({ lineId: "", sku, quantity })),
		packages: [{ trackingNumber: tracking }],
	});
const fold = (sent: SentLine[], ordered: OrderedLine[], ...gone: ReturnType<typeof left>[]) =>
	foldShipments(sent, ordered, gone).map(({ shipment, over }) => ({
		lines: shipment.lines.map(({ lineId, sku, quantity }) => `${quantity} ${sku} ${lineId}`),
		numbers: shipment.packages.map(({ trackingNumber }) => trackingNumber),
		over,
	}));

describe("a kit's parts that left", () => {
	it("are told as the kit: 6 A and 3 B as 3 K", () => {
		expect(fold(kitSent(), [kitLine], left({ A: 6, B: 3 }, "T1"))).toEqual([
			{ lines: ["3 K lin_k"], numbers: ["T1"], over: false },
		]);
	});

	it("wait for the last part, and then bring the first one's tracking number", () => {
		expect(fold(kitSent(), [kitLine], left({ A: 6 }, "T1"), left({ B: 1 }, "T2"), left({ B: 2 }, "T3"))).toEqual([
			{ lines: [], numbers: ["T1"], over: false },
			{ lines: ["1 K lin_k"], numbers: ["T1", "T2"], over: false },
			{ lines: ["2 K lin_k"], numbers: ["T3"], over: false },
		]);
	});

	it("are told with the first part where the kit says so, and once", () => {
		expect(fold(kitSent("first"), [kitLine], left({ A: 6 }, "T1"), left({ B: 3 }, "T2"))).toMatchObject([
			{ lines: ["3 K lin_k"] },
			{ lines: [] },
		]);
	});

	it("do not wait for what will never come", () => {
		expect(fold(kitSent(), [kitLine], left({ A: 3 }, "T1", true))).toMatchObject([{ lines: ["2 K lin_k"] }]);
	});

	it("beyond what was asked for are seen", () => {
		expect(fold(kitSent(), [kitLine], left({ A: 7, B: 3 }, "T1"))).toMatchObject([
			{ lines: ["3 K lin_k"], over: true },
		]);
	});
});

describe("an item with another code at the warehouse", () => {
	it("is told as the cart calls it, with or without our line's id", () => {
		const ordered = [{ id: "lin_1", sku: "TEE-RED-M", quantity: 2, shippedQuantity: 0 }];
		const sent = [{ lineId: "lin_1", sku: "100234", quantity: 2 }];
		expect(fold(sent, ordered, left({ "100234": 2 }, "T"))).toMatchObject([{ lines: ["2 TEE-RED-M lin_1"] }]);
	});
});

const line = fc.record({
	quantity: fc.integer({ min: 1, max: 6 }),
	parts: fc.option(fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })),
	partial: fc.constantFrom("wait" as const, "first" as const),
});

describe("exploding kits and folding them back", () => {
	it("loses no unit, however the parts leave and whether or not the warehouse names our lines", () => {
		const world = fc.record({
			lines: fc.array(line, { minLength: 1, maxLength: 4 }),
			waves: fc.array(fc.nat(4), { minLength: 1, maxLength: 60 }),
			named: fc.boolean(),
		});
		fc.assert(
			fc.property(world, ({ lines, waves, named }) => {
				const ordered = lines.map(({ quantity }, n) => ({ id: `l${n}`, sku: `S${n}`, quantity, shippedQuantity: 0 }));
				const sent = lines.flatMap(({ quantity, parts, partial }, n): SentLine[] =>
					parts
						? parts.map((per, part) => ({
								// Parts are shared between kits, so that a code alone does not say whose it is.
								...{ lineId: `l${n}.${part}`, sku: `P${part}`, quantity: quantity * per },
								kit: { lineId: `l${n}`, per, partial },
							}))
						: [{ lineId: `l${n}`, sku: `P${n % 2}`, quantity }],
				);
				const units = sent.flatMap(({ lineId, sku, quantity }) =>
					Array.from({ length: quantity }, () => ({ lineId: named ? lineId : "", sku, quantity: 1 })),
				);
				const shipments = Array.from({ length: 5 }, (_, wave) =>
					shipmentSchema.parse({
						...{ externalId: `${wave}`, shippedAt: new Date(0), packages: [{ trackingNumber: `T${wave}` }] },
						lines: units.filter((_, n) => (waves[n % waves.length] ?? 0) === wave),
					}),
				).filter((one) => one.lines.length > 0);
				const folded = foldShipments(sent, ordered, shipments);
				const told = (id: string) =>
					folded
						.flatMap(({ shipment }) => shipment.lines)
						.filter(({ lineId }) => lineId === id)
						.reduce((sum, { quantity }) => sum + quantity, 0);
				for (const { id, quantity } of ordered) expect(told(id)).toBe(quantity);
				expect(folded.some(({ over }) => over)).toBe(false);
			}),
		);
	});
});
