/**
 * Weights and lengths of products. They are stored in grams and millimetres, to the thousandth; what a system says or
 * is told is in its own units, to four decimals. A figure of at most four decimals (of g and mm: three) comes back as
 * the same figure. Shipments and packages are not converted: they keep the unit they came with.
 */
import { z } from "zod";

export const massUnits = ["g", "kg", "oz", "lb"] as const;
export const lengthUnits = ["mm", "cm", "m", "in", "ft"] as const;
export type MassUnit = (typeof massUnits)[number];
export type LengthUnit = (typeof lengthUnits)[number];
export interface Units {
	mass: MassUnit;
	length: LengthUnit;
}

/** Grams of a unit of mass, millimetres of a unit of length: exact by definition. */
export const basePer: Record<MassUnit | LengthUnit, number> = {
	...{ g: 1, kg: 1000, oz: 28.349523125, lb: 453.59237 },
	...{ mm: 1, cm: 10, m: 1000, in: 25.4, ft: 304.8 },
};

/** In grams or millimetres, to the thousandth. */
export function toStored(value: number, unit: MassUnit | LengthUnit): number {
	return rounded(value * basePer[unit], 3);
}

/** From grams or millimetres, to four decimals; grams and millimetres themselves to the thousandth. */
export function fromStored(stored: number, unit: MassUnit | LengthUnit): number {
	return rounded(stored / basePer[unit], basePer[unit] === 1 ? 3 : 4);
}

function rounded(value: number, decimals: number): number {
	const scale = 10 ** decimals;
	return Math.round(value * scale * (1 + Number.EPSILON)) / scale;
}

/**
 * dynamic: what is received is in the product's own unit where the system states one, what is sent in the channel's.
 * static: both in the channel's. none: as static, and the channel's may be any unit there is.
 */
export const unitModes = ["dynamic", "static", "none"] as const;
export const unitPairs = ["kg+cm", "lb+in", "g+mm", "oz+in"] as const;
export type UnitPair = (typeof unitPairs)[number];
export interface UnitSetting extends Units {
	mode: (typeof unitModes)[number];
}

/** The units of a pair: "lb+in" are pounds and inches. */
const ofPair: Record<UnitPair, Units> = {
	"kg+cm": { mass: "kg", length: "cm" },
	"lb+in": { mass: "lb", length: "in" },
	"g+mm": { mass: "g", length: "mm" },
	"oz+in": { mass: "oz", length: "in" },
};

export function unitSetting(options: {
	unitMode: UnitSetting["mode"];
	unitPair: UnitPair;
	massUnit: MassUnit;
	lengthUnit: LengthUnit;
}): UnitSetting {
	const { unitMode: mode, unitPair, massUnit, lengthUnit } = options;
	return mode === "none" ? { mode, mass: massUnit, length: lengthUnit } : { mode, ...ofPair[unitPair] };
}

const amount = z.number().nonnegative().max(1_000_000_000).optional();

/** What a system says of a product's weight and size. A unit that is absent is not stated there. */
export const measured = z.object({
	weight: amount,
	length: amount,
	width: amount,
	height: amount,
	massUnit: z.enum(massUnits).optional(),
	lengthUnit: z.enum(lengthUnits).optional(),
});
export type Measured = z.output<typeof measured>;

/** As they are stored; null where nothing is known. */
export interface Measures {
	grams: number | null;
	lengthMm: number | null;
	widthMm: number | null;
	heightMm: number | null;
}

/** A system may say one thing in several units: then the channel's own are taken, or with `dynamic` the first. */
export function measuresOf(told: readonly Measured[], setting: UnitSetting): Measures {
	const own = told.find((one) => one.massUnit === setting.mass && one.lengthUnit === setting.length);
	const one = (setting.mode === "dynamic" ? undefined : own) ?? told[0];
	const isOwn = setting.mode === "dynamic";
	const mass = (isOwn && one?.massUnit) || setting.mass;
	const length = (isOwn && one?.lengthUnit) || setting.length;
	const stored = (value: number | undefined, unit: MassUnit | LengthUnit) =>
		value === undefined ? null : toStored(value, unit);
	return {
		grams: stored(one?.weight, mass),
		lengthMm: stored(one?.length, length),
		widthMm: stored(one?.width, length),
		heightMm: stored(one?.height, length),
	};
}

/** What a system is told: always in the channel's units. */
export function tellMeasures(stored: Measures, { mass, length }: Units): Measured {
	const told = (value: number | null, unit: MassUnit | LengthUnit) =>
		value === null ? undefined : fromStored(value, unit);
	return measured.parse({
		...{ weight: told(stored.grams, mass), length: told(stored.lengthMm, length) },
		...{ width: told(stored.widthMm, length), height: told(stored.heightMm, length) },
		...{ massUnit: mass, lengthUnit: length },
	});
}
