/** How many of a kit can be built from what is there. Pure. */
import type { FigureInput } from "./figure";

export interface PartStock {
	sku: string;
	/** How many of it make one kit. */
	per: number;
	levels: { location: string; name: string; units: number }[];
	/** Units on orders that the warehouse's count does not know yet, in kits or by themselves. */
	taken: number;
}

/** Parts are packed together, so each place builds from its own; what orders take anywhere limits the whole. */
export function buildable(parts: PartStock[]): Pick<FigureInput, "levels" | "newerUnits" | "waitingUnits"> {
	const places = new Map(parts.flatMap(({ levels }) => levels.map(({ location, name }) => [location, name] as const)));
	const unitsAt = (part: PartStock, location: string) =>
		part.levels.find((level) => level.location === location)?.units ?? 0;
	const levels = [...places].map(([location, name]) => ({
		...{ location, name },
		units: least(parts.map((part) => kitsOf(unitsAt(part, location), part.per))),
		detail: parts.map((part) => `${unitsAt(part, location)} ${part.sku}`).join(", "),
	}));
	const most = levels.reduce((sum, { units }) => sum + units, 0);
	const left = least(
		parts.map((part) => kitsOf(part.levels.reduce((sum, { units }) => sum + units, 0) - part.taken, part.per)),
	);
	return { levels, newerUnits: Math.max(0, most - left), waitingUnits: 0 };
}

function kitsOf(units: number, per: number): number {
	return Math.floor(Math.max(0, units) / per);
}

function least(all: number[]): number {
	return all.length === 0 ? 0 : Math.min(...all);
}
