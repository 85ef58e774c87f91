/** New products of a REST destination: looked for by SKU, then created. */
import type { Product } from "@/lib/canonical/catalogue";
import { ConnectorError } from "../fault";
import type { Context, Fields, ProductRules, Written } from "../types";
import { get, isRefusal, pathOf, send } from "./calls";
import type { NewProductPlan, PlanOf, RestPlan } from "./plan";
import { productKind, readRecord } from "./read-record";
import { isEmpty, runMap, valueAt } from "./run-map";
import { writing } from "./values";

type Add<S extends Fields> = NonNullable<ProductRules<S>["add"]>;

const noPath = "the settings name no path that takes new products";

export function restAddProduct<S extends Fields>(planOf: PlanOf<S>): Add<S> {
	return {
		blocked: (settings) => (planOf(settings).newProduct ? null : noPath),
		find: async (context, key) => findProduct(context, planOf(context.settings), key),
		async create(context, { key, value }): Promise<Written> {
			const plan = planOf(context.settings);
			const known = await findProduct(context, plan, key);
			if (known) return known;
			const { path, rules } = taking(plan);
			const body = runMap(rules, toSend(key, value), writing(plan.zone));
			try {
				await send(context, plan, { method: "POST", path, body });
			} catch (error) {
				const found = isRefusal(error, [400, 409, 422]) ? await findProduct(context, plan, key) : null;
				if (found) return found;
				throw error;
			}
			const made = await findProduct(context, plan, key);
			if (made) return { ...made, existed: false };
			const message =
				"The system took the product and does not list it. Correct where products are found in the settings.";
			throw new ConnectorError({ kind: "transient", sent: true }, message);
		},
	};
}

function taking({ newProduct }: RestPlan): NewProductPlan {
	if (newProduct) return newProduct;
	const message = "Nothing was sent: the settings name no path that takes new products. Enter one.";
	throw new ConnectorError({ kind: "permanent", code: "no-path" }, message);
}

/** The product as the map sees it: one barcode, and its measures beside its name. */
function toSend(sku: string, { measures, aliases, externalId: _, active: __, ...product }: Product): object {
	const barcode = aliases?.find(({ name }) => /^(barcode|upc|ean|gtin)$/i.test(name))?.code;
	return { ...product, sku, ...measures?.[0], ...(barcode && { barcode }) };
}

async function findProduct<S extends Fields>(
	context: Context<S>,
	plan: RestPlan,
	sku: string,
): Promise<Written | null> {
	const { findPath, foundAt, foundRules } = taking(plan);
	const answer = await get(context, plan, pathOf(findPath, { sku })).catch(missing);
	if (!answer) return null;
	const listed = valueAt(answer.data, foundAt);
	const records = Array.isArray(listed) ? listed : isEmpty(listed) ? [] : [listed];
	for (const raw of records) {
		const read = readRecord(productKind, foundRules, raw, plan.zone);
		if (!read.ok || read.value.sku !== sku) continue;
		const externalId = read.value.externalId || sku;
		return { externalId, externalNumber: sku, existed: true, exchangeId: answer.exchangeId };
	}
	return null;
}

function missing(error: unknown): null {
	if (isRefusal(error, [404]) && error.fault.kind === "permanent" && error.fault.code === "http-404") return null;
	throw error;
}
