/** The settings of a REST order source below its access, and the plan they make. Presets give other defaults. */
import { z } from "zod";
import { field } from "../define";
import { type Defaults, listFields, listsOf, pathTemplate, standardOf } from "./access-settings";
import { checkedMap, mapText, pathSetting } from "./check-map";
import { listPlans } from "./destination-settings";
import { parsePlainPath } from "./field-map";
import type { Auth, RestPlan } from "./plan";
import * as maps from "./standard-maps";
import * as words from "./words";

export function sourceFields(defaults: Defaults = {}) {
	return { ...listFields(defaults), ...orderFields(defaults), ...confirmFields(defaults), ...stockFields(defaults) };
}

const ours = "Our field: their field. One line per field. See the preview on the connection's page.";
const theirs = "Their field: our field. One line per field.";

function orderFields(defaults: Defaults) {
	const { text } = standardOf(defaults);
	return {
		ordersPath: field(
			pathTemplate(text("ordersPath", "/orders?status=paid")).refine((path) => path !== "", "must not be empty"),
			{
				label: "Path of orders to load",
				help: "With whatever query leaves only the orders that are to be packed.",
				section: "Orders",
			},
		),
		ordersAt: field(pathSetting(text("ordersAt", "data")), {
			label: "Where the list of orders stands",
			section: "Orders",
		}),
		orderMap: field(mapText(words.orderWords, "read", text("orderMap", maps.orderMap)), {
			label: "Fields of an order",
			help: ours,
			section: "Orders",
			multiline: true,
		}),
		oneOrderPath: field(pathTemplate(text("oneOrderPath", "/orders/{id}"), ["id"], ["id"]), {
			label: "Path of one order",
			section: "Orders",
		}),
		oneOrderAt: field(pathSetting(text("oneOrderAt")), {
			label: "Where that answer holds the order",
			help: "Empty: the answer is the order.",
			section: "Orders",
			advanced: true,
		}),
		cancelsPath: field(pathTemplate(text("cancelsPath", "/orders?status=canceled")), {
			label: "Path of canceled orders",
			help: "A dash (-): the system has no such list.",
			section: "Orders",
		}),
		cancelsAt: field(pathSetting(text("cancelsAt", "data")), {
			label: "Where the list of canceled orders stands",
			section: "Orders",
		}),
		cancelMap: field(mapText(words.cancelWords, "read", text("cancelMap", maps.cancelMap)), {
			label: "Fields of a cancellation",
			help: ours,
			section: "Orders",
			multiline: true,
		}),
	};
}

function confirmFields(defaults: Defaults) {
	const { text, flag } = standardOf(defaults);
	return {
		confirmPath: field(pathTemplate(text("confirmPath", "/orders/{orderId}/shipments"), ["orderId"]), {
			label: "Path that takes a shipment",
			help: "A dash (-): the system takes none.",
			section: "Shipments",
		}),
		confirmMap: field(mapText(words.confirmationWords, "write", text("confirmMap", maps.confirmationMap)), {
			label: "Fields of a shipment",
			help: theirs,
			section: "Shipments",
			multiline: true,
		}),
		keptPath: field(pathTemplate(text("keptPath", "/orders/{orderId}/shipments"), ["orderId", "key"]), {
			label: "Path that lists the shipments of an order",
			help: "Asked before a shipment is told again. A dash (-): a shipment whose answer was lost is simply told again.",
			section: "Shipments",
		}),
		keptAt: field(pathSetting(text("keptAt", "data")), {
			label: "Where that list stands",
			section: "Shipments",
			advanced: true,
		}),
		keptMap: field(mapText(words.keptWords, "read", text("keptMap", maps.keptMap)), {
			label: "Fields of a shipment there",
			help: "Which field is its id, and which holds the key that we sent.",
			section: "Shipments",
			advanced: true,
			multiline: true,
		}),
		confirmedAt: field(pathSetting(text("confirmedAt")), {
			label: "Where the answer holds the shipment",
			section: "Shipments",
			advanced: true,
		}),
		refusesDoubles: field(z.boolean().default(flag("refusesDoubles", false)), {
			label: "It refuses a shipment that it has already",
			help: "Off: we look before each shipment is told, which costs one call.",
			section: "Shipments",
			advanced: true,
		}),
	};
}

function stockFields(defaults: Defaults) {
	const { text, flag } = standardOf(defaults);
	const method = (["POST", "PUT", "PATCH"] as const).find((known) => known === defaults.stockMethod);
	return {
		stockPath: field(pathTemplate(text("stockPath", "/inventory"), ["sku", "location"]), {
			label: "Path that takes stock",
			help: "May hold {sku}. A dash (-): the system takes none.",
			section: "Inventory",
		}),
		stockMethod: field(z.enum(["POST", "PUT", "PATCH"]).default(method ?? "PUT"), {
			label: "Method of stock",
			section: "Inventory",
			advanced: true,
		}),
		stockTogether: field(z.boolean().default(flag("stockTogether", true)), {
			label: "Many figures in one call",
			help: "On: the map fills a list from figures[]. Off: one call for each SKU, from sku and quantity.",
			section: "Inventory",
		}),
		stockMap: field(mapText(words.figureWords, "write", text("stockMap", maps.figureMap)), {
			label: "Fields of stock",
			help: theirs,
			section: "Inventory",
			multiline: true,
		}),
		outcomesTold: field(z.boolean().default(flag("outcomesTold", true)), {
			label: "The answer says what became of each SKU",
			help: "Off: a good answer means that all figures were taken.",
			section: "Inventory",
			advanced: true,
		}),
		outcomesAt: field(pathSetting(text("outcomesAt", "results")), {
			label: "Where those outcomes stand",
			section: "Inventory",
			advanced: true,
		}),
		outcomeMap: field(mapText(words.outcomeWords, "read", text("outcomeMap", maps.outcomeMap)), {
			label: "Fields of an outcome",
			help: ours,
			section: "Inventory",
			advanced: true,
			multiline: true,
		}),
		productsPath: field(pathTemplate(text("productsPath", "/products")), {
			label: "Path of products",
			help: "A dash (-): the system has no such list.",
			section: "Products",
		}),
		productsAt: field(pathSetting(text("productsAt", "data")), {
			label: "Where the list of products stands",
			section: "Products",
		}),
		productMap: field(mapText(words.productWords, "read", text("productMap", maps.productMap)), {
			label: "Fields of a product",
			help: ours,
			section: "Products",
			multiline: true,
		}),
	};
}

const shape = z.object(sourceFields());
type SourceSettings = z.output<typeof shape>;

export function sourcePlan(settings: SourceSettings, own: { baseUrl: string; auth: Auth }): RestPlan {
	return {
		...listsOf(settings),
		...own,
		lists: listPlans({
			orders: [settings.ordersPath, settings.ordersAt, settings.orderMap, words.orderWords],
			cancellations: [settings.cancelsPath, settings.cancelsAt, settings.cancelMap, words.cancelWords],
			products: [settings.productsPath, settings.productsAt, settings.productMap, words.productWords],
		}),
		...(settings.oneOrderPath && {
			getOrder: { path: settings.oneOrderPath, recordAt: parsePlainPath(settings.oneOrderAt) },
		}),
		...(settings.confirmPath && { confirm: confirmPlan(settings) }),
		...(settings.stockPath && { stock: stockPlan(settings) }),
		shipments: { weights: "kg", alwaysFinal: false },
	};
}

function confirmPlan(settings: SourceSettings): NonNullable<RestPlan["confirm"]> {
	const rules = checkedMap(settings.keptMap, words.keptWords, "read");
	return {
		path: settings.confirmPath,
		rules: checkedMap(settings.confirmMap, words.confirmationWords, "write"),
		find: { path: settings.keptPath, at: parsePlainPath(settings.keptAt), rules },
		recordAt: parsePlainPath(settings.confirmedAt),
		refusesDoubles: settings.refusesDoubles,
	};
}

function stockPlan(settings: SourceSettings): NonNullable<RestPlan["stock"]> {
	const outcomes = {
		at: parsePlainPath(settings.outcomesAt),
		rules: checkedMap(settings.outcomeMap, words.outcomeWords, "read"),
	};
	return {
		path: settings.stockPath,
		method: settings.stockMethod,
		rules: checkedMap(settings.stockMap, words.figureWords, "write"),
		together: settings.stockTogether,
		outcomes: settings.stockTogether && settings.outcomesTold ? outcomes : null,
	};
}
