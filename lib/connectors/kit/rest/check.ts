/** "Test connection" for REST connections: one call besides that for a token, and the field to look at. */
import { ConnectorError } from "../fault";
import type { CheckAnswer, Context, Fields } from "../types";
import { get, Refused } from "./calls";
import { readPage } from "./pages";
import { type AuthScheme, listNames, type PlanOf, type RestPlan } from "./plan";
import { valueAt } from "./run-map";

interface Blame {
	/**
	 * The setting to look at when access is refused; where there are several, by what the system said, and by whether
	 * it refused a token that it had just given.
	 */
	access: string | ((said: string, hadToken: boolean) => string);
	/** When the address does not answer as it should. */
	address: string;
	/** By list: its path. */
	paths: Partial<Record<(typeof listNames)[number] | "check", string>>;
}

export const destinationPaths: Blame["paths"] = {
	...{ check: "checkPath", shipments: "shipmentsPath", inventory: "inventoryPath" },
	...{ products: "productsPath", locations: "locationsPath" },
};
export const sourcePaths: Blame["paths"] = { check: "checkPath", orders: "ordersPath", products: "productsPath" };

/** What is to be asked: the path that the settings name, else the first list they have. */
function asked({ check, lists }: RestPlan): "check" | (typeof listNames)[number] | null {
	if (check.path) return "check";
	return listNames.find((name) => lists[name]) ?? null;
}

export function restCheck<S extends Fields>(planOf: PlanOf<S>, blame: Blame) {
	return async (context: Context<S>): Promise<CheckAnswer<S>> => {
		const plan: RestPlan = { ...planOf(context.settings), testing: true };
		const what = asked(plan);
		const host = new URL(plan.baseUrl).host;
		if (!what)
			return bad<S>(blame.paths.check, "There is nothing to ask. Enter the path of a list, or the one to test.");
		try {
			const name = what === "check" ? await nameOf(context, plan) : await readsList(context, plan, what);
			return { ok: true, as: name || host };
		} catch (error) {
			if (!(error instanceof ConnectorError)) throw error;
			return diagnose(error, { ...blame, path: blame.paths[what], scheme: plan.auth.scheme });
		}
	};
}

async function nameOf<S extends Fields>(context: Context<S>, plan: RestPlan): Promise<string> {
	const { data } = await get(context as unknown as Context<Fields>, plan, plan.check.path);
	const name = valueAt(data, plan.check.nameAt);
	return typeof name === "string" || typeof name === "number" ? String(name).trim().slice(0, 100) : "";
}

async function readsList<S extends Fields>(
	context: Context<S>,
	plan: RestPlan,
	name: (typeof listNames)[number],
): Promise<string> {
	const list = plan.lists[name];
	// From now on, so that little comes.
	const query =
		plan.changes.name && plan.changes.form === "iso" ? { [plan.changes.name]: context.now().toISOString() } : {};
	const whole = name === "inventory" || name === "products" || name === "locations";
	if (list) await readPage(context as unknown as Context<Fields>, plan, list, { place: "", query: whole ? {} : query });
	return "";
}

function diagnose<S extends Fields>(
	{ fault, message, cause }: ConnectorError,
	blame: Blame & { path: string | undefined; scheme: AuthScheme },
): CheckAnswer<S> {
	if (fault.kind === "auth") {
		const said = cause instanceof Refused ? cause.said : "";
		// The token was given: what it was refused with is something else.
		const hadToken = cause instanceof Refused && blame.scheme === "oauth";
		const fix =
			fault.reason === "forbidden"
				? "The system knows these access details and does not allow this. Give them the right to read."
				: "The system does not accept these access details. Enter them again.";
		return bad<S>(typeof blame.access === "string" ? blame.access : blame.access(said, hadToken), fix);
	}
	if (fault.kind === "permanent" && fault.code === "http-404")
		return bad<S>(
			blame.path ?? blame.address,
			"The system answers, and knows no such path. Check the address and the path.",
		);
	if (fault.kind === "permanent" && ["no-list", "foreign-link", "same-page"].includes(fault.code))
		return bad<S>(blame.path?.replace(/Path$/, "At"), message);
	return bad<S>(blame.address, message);
}

/** The field is one of the connector's own: each connector names its own in `Blame`, and the check suite asks for them. */
function bad<S extends Fields>(field: string | undefined, fix: string): CheckAnswer<S> {
	return { ok: false, fix, ...(field && { field: field as keyof S["shape"] & string }) } as CheckAnswer<S>;
}
