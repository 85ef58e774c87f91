/** What carts should be told for every SKU of their merchant. Pure: all of them from the same state. */
import type { InventoryTerm } from "@/lib/canonical/connection-options";
import { type FigureInput, figure } from "./figure";
import { buildable } from "./kit-figure";
import type { StockCart } from "./read-rules";
import type { Level, Stock } from "./read-stock";
import { type Claim, type Handed, handOver, type Sharer } from "./share";
import type { SoldLine } from "./stock-codes";

export interface CartFigure {
	sku: string;
	quantity: number;
	terms: InventoryTerm[];
}
/** An item of which more is sold than there is. */
export interface Oversold {
	sku: string;
	there: number;
	sold: number;
	/** Units by the cart that sold them, those that the count does not know. */
	byCart: Map<string, number>;
}

type Input = { sku: string } & Pick<FigureInput, "levels" | "newerUnits" | "waitingUnits" | "kit">;
type Start = Pick<StockCart, "basis"> & { locations: readonly string[] };

export interface Figures {
	of(cartId: string, only?: ReadonlySet<string>): CartFigure[];
	oversold(): Oversold[];
}

export function figuresOf(stock: Stock, carts: readonly StockCart[]): Figures {
	const starts = new Map<string, Map<string, Input>>();
	const inputsOf = (start: Start) => {
		const key = `${start.basis}\n${[...start.locations].sort().join("\n")}`;
		const known = starts.get(key) ?? readInputs(stock, start);
		starts.set(key, known);
		return known;
	};
	const startOf = ({ basis, rule }: StockCart): Start => ({ basis, locations: rule.locations });
	const sharing = carts.filter(({ rule }) => rule.share !== null);
	const sharers = sharing.map(sharerOf);
	// Looked up once: asked for every SKU of every cart, it was most of the work.
	const pools = sharing.map((cart) => ({
		...{ cart, inputs: inputsOf(startOf(cart)) },
		scarceBelow: scarceOf(cart, carts)?.below ?? 0,
	}));
	const most = (sku: string) =>
		pools.reduce((units, { cart, inputs }) => Math.max(units, ownUnits(inputs.get(sku), cart)), 0);
	const later = pools.flatMap(({ cart, scarceBelow }) => (scarceBelow > 0 ? [cart.rule.priority] : []));
	const hand = (sku: string) =>
		handOver(pools.map(({ cart, inputs, scarceBelow }) => claimOf(cart, { sku, input: inputs.get(sku), scarceBelow })));
	// Only who comes before a sharer that may step back can be handed anything.
	const handedTo = (cart: StockCart, sku: string): Handed | undefined => {
		if (cart.rule.share === null || !later.some((priority) => priority > cart.rule.priority)) return undefined;
		return hand(sku).get(cart.id);
	};
	const of = (cartId: string, only?: ReadonlySet<string>) => {
		const cart = carts.find(({ id }) => id === cartId);
		if (!cart) return [];
		const scarce = scarceOf(cart, carts);
		const { basis, rule } = cart;
		return [...inputsOf(startOf(cart)).values()].flatMap(({ sku, ...input }): CartFigure[] => {
			if (only && !only.has(sku)) return [];
			const share = rule.share === null ? null : { connectionId: cartId, sharers, most: most(sku) };
			const handed = handedTo(cart, sku);
			const found = figure({
				...{ basis, ...input, minimum: rule.minimum, safetyStock: safetyOf(cart, sku) },
				cap: cart.skus.get(sku)?.cap ?? rule.cap,
				...(share && { share }),
				...(scarce && { scarce }),
				...(handed && { handed }),
			});
			return [{ sku, ...found }];
		});
	};
	return { of, oversold: () => findOversold(stock) };
}

function sharerOf({ id, name, rule }: StockCart): Sharer {
	return { connectionId: id, name, percent: rule.share ?? 0, priority: rule.priority };
}

function safetyOf(cart: StockCart, sku: string): number {
	return cart.skus.get(sku)?.safetyStock ?? cart.rule.safetyStock;
}

function claimOf(cart: StockCart, of: { sku: string; input: Input | undefined; scarceBelow: number }): Claim {
	return {
		...sharerOf(cart),
		left: leftUnits(of.input),
		own: ownUnits(of.input, cart),
		cap: cart.skus.get(of.sku)?.cap ?? cart.rule.cap,
		scarceBelow: of.scarceBelow,
	};
}

/** What is left for a cart before it is shared. */
function ownUnits(input: Input | undefined, cart: StockCart): number {
	return input ? Math.max(0, leftUnits(input) - safetyOf(cart, input.sku)) : 0;
}

function leftUnits(input: Input | undefined): number {
	return input ? Math.max(0, unitsAt(input.levels) - input.newerUnits - input.waitingUnits) : 0;
}

/** Null where nobody comes before it. */
function scarceOf(cart: StockCart, carts: readonly StockCart[]): FigureInput["scarce"] | null {
	const first = carts.filter(({ rule }) => rule.priority < cart.rule.priority).map(({ name }) => name);
	if (cart.rule.scarceBelow === 0 || first.length === 0) return null;
	return { below: cart.rule.scarceBelow, first: first.join(", ") };
}

/** What figures come from: an item from its own levels, a kit from those of its parts. */
function readInputs({ levels, sold, kits }: Stock, { basis, locations }: Start): Map<string, Input> {
	const counts = (place: string) => locations.length === 0 || locations.includes(place);
	const plain = new Map<string, Input>();
	for (const [sku, all] of levels) {
		const mine = all.filter(({ place }) => counts(place));
		// Who is told what is in the building takes its own orders off, the ones that wait here too.
		const taken = basis === "on-hand" || mine.length === 0 ? none : takenOf(mine, sold.get(sku) ?? []);
		const units = mine.map(({ location, name, ...level }) => ({
			...{ location, name },
			units: basis === "on-hand" ? level.onHand : level.available,
		}));
		plain.set(sku, { sku, levels: units, newerUnits: taken.newerUnits, waitingUnits: taken.waitingUnits });
	}
	const found = new Map([...plain].filter(([sku]) => !kits.has(sku)));
	for (const [sku, parts] of kits) {
		const stock = parts.map((part) => {
			const { levels: at = [], newerUnits = 0, waitingUnits = 0 } = plain.get(part.sku) ?? {};
			return { sku: part.sku, per: part.quantity, levels: at, taken: newerUnits + waitingUnits };
		});
		const input = buildable(stock);
		if (parts.some((part) => plain.has(part.sku))) found.set(sku, { sku, kit: true, ...input });
	}
	return found;
}

const none = { newerUnits: 0, waitingUnits: 0 };

/**
 * An order counts against stock when the warehouse did not know it at its last count: loaded later, or loaded
 * earlier but delivered later or still waiting here. Canceled orders count nowhere.
 */
function takenOf(levels: Level[], sold: SoldLine[]): typeof none & { lines: SoldLine[] } {
	const takenAt = newest(levels);
	const lines = sold.filter(({ deliveredAt }) => !(deliveredAt && deliveredAt.getTime() <= takenAt));
	const units = { newerUnits: 0, waitingUnits: 0, lines };
	for (const line of lines) units[line.createdAt.getTime() > takenAt ? "newerUnits" : "waitingUnits"] += line.units;
	return units;
}

/** Of everything there is, wherever it counts: the carts together have sold more. Worst first. */
function findOversold({ levels, sold }: Stock): Oversold[] {
	const found: Oversold[] = [];
	for (const [sku, lines] of sold) {
		const at = levels.get(sku);
		if (!at) continue;
		const taken = takenOf(at, lines);
		const there = at.reduce((sum, { available }) => sum + available, 0);
		const units = taken.newerUnits + taken.waitingUnits;
		if (units <= there) continue;
		const byCart = new Map<string, number>();
		for (const line of taken.lines) byCart.set(line.connectionId, (byCart.get(line.connectionId) ?? 0) + line.units);
		found.push({ sku, there, sold: units, byCart });
	}
	return found.sort((a, b) => b.sold - b.there - (a.sold - a.there) || (a.sku < b.sku ? -1 : 1));
}

function newest(levels: Level[]): number {
	return levels.reduce((latest, { takenAt }) => Math.max(latest, takenAt.getTime()), 0);
}

function unitsAt(levels: { units: number }[]): number {
	return levels.reduce((sum, { units }) => sum + units, 0);
}
