/** The settings of a REST destination below its access, and the plan they make. Presets give other defaults. */
import { z } from "zod";
import { field } from "../define";
import { type Defaults, listFields, listsOf, pathTemplate, standardOf } from "./access-settings";
import { checkedMap, mapText, pathSetting, withoutDash } from "./check-map";
import { parsePlainPath } from "./field-map";
import type { Auth, ListPlan, RestPlan } from "./plan";
import { checksSetting, parseChecks } from "./send-checks";
import {
	deliverableMap,
	knownOrderMap,
	levelMap,
	locationMap,
	newProductMap,
	productMap,
	shipmentMap,
} from "./standard-maps";
import * as words from "./words";

/** `sendWords` holds what else the map of a new order may name. */
export function destinationFields(defaults: Defaults = {}, sendWords = words.deliverableWords) {
	return {
		...listFields(defaults),
		...orderFields(defaults, sendWords),
		...cancelFields(defaults),
		...returnFields(defaults),
	};
}

const mapHelp = "One line per field. See the preview on the connection's page.";

function orderFields(defaults: Defaults, sendWords: words.Words) {
	const { text, flag } = standardOf(defaults);
	return {
		orderPath: field(
			pathTemplate(text("orderPath", "/orders")).refine((path) => path !== "", "must not be empty"),
			{
				label: "Path that takes a new order",
				section: "Orders",
			},
		),
		orderMap: field(mapText(sendWords, "write", text("orderMap", deliverableMap)), {
			label: "Fields of a new order",
			help: `Their field: our field. ${mapHelp}`,
			section: "Orders",
			multiline: true,
		}),
		createdAt: field(pathSetting(text("createdAt")), {
			label: "Where the answer holds the order",
			help: "A path such as data; empty: the answer is the order.",
			section: "Orders",
			advanced: true,
		}),
		findPath: field(
			pathTemplate(text("findPath", "/orders?order_number={number}"), ["number"], ["number"]).refine(
				(path) => path !== "",
				"must not be empty: an order whose answer was lost is looked for there",
			),
			{ label: "Path that finds orders by number", section: "Orders" },
		),
		foundAt: field(pathSetting(text("foundAt", "data")), { label: "Where found orders stand", section: "Orders" }),
		knownMap: field(mapText(words.knownOrderWords, "read", text("knownMap", knownOrderMap)), {
			label: "Fields of an order there",
			help: `Our field: their field. ${mapHelp}`,
			section: "Orders",
			multiline: true,
		}),
		refusesDoubles: field(z.boolean().default(flag("refusesDoubles", false)), {
			label: "It refuses an order number that it has already",
			help: "Off: we look before each order is sent, which costs one call.",
			section: "Orders",
			advanced: true,
		}),
		shippedWords: field(z.string().trim().max(300).default(text("shippedWords", "shipped, closed")), {
			label: "States that mean shipped",
			section: "Orders",
			advanced: true,
		}),
		canceledWords: field(z.string().trim().max(300).default(text("canceledWords", "canceled, cancelled")), {
			label: "States that mean canceled",
			section: "Orders",
			advanced: true,
		}),
		referenceTemplate: field(z.string().trim().max(200).default(text("referenceTemplate", "{sourceNumber}")), {
			label: "Reference template",
			help: "Builds the field reference of the map, from {number}, {sourceNumber} and {orderSource}.",
			section: "Orders",
			advanced: true,
		}),
		validationRules: field(checksSetting(text("validationRules")), {
			label: "API validation rules",
			help: "Checked before an order is sent, one per line: shipTo.phone: required, shipTo.line1: max 35, or shipTo.postalCode: only A-Z 0-9 -",
			section: "Orders",
			advanced: true,
			multiline: true,
		}),
	};
}

function cancelFields(defaults: Defaults) {
	const { text } = standardOf(defaults);
	const method = (["POST", "PUT", "PATCH", "DELETE"] as const).find((known) => known === defaults.cancelMethod);
	return {
		cancelPath: field(pathTemplate(text("cancelPath", "/orders/{id}/cancel"), ["id"], ["id"]), {
			label: "Path that cancels an order",
			help: "A dash (-): nothing can be canceled there from here, and a request to do so is refused with that reason.",
			section: "Orders",
		}),
		cancelMethod: field(z.enum(["POST", "PUT", "PATCH", "DELETE"]).default(method ?? "POST"), {
			label: "Method of a cancellation",
			section: "Orders",
			advanced: true,
		}),
		cancelReason: field(z.string().trim().max(60).transform(withoutDash).default(text("cancelReason", "reason")), {
			label: "Field of its reason",
			help: "A dash (-): the call has no body.",
			section: "Orders",
			advanced: true,
		}),
		oneOrderPath: field(pathTemplate(text("oneOrderPath", "/orders/{id}"), ["id"], ["id"]), {
			label: "Path of one order",
			help: "Read when a cancellation is refused, to see whether the order is canceled or shipped.",
			section: "Orders",
			advanced: true,
		}),
	};
}

function returnFields(defaults: Defaults) {
	const { text, flag } = standardOf(defaults);
	const list = (
		name: string,
		path: string,
		section: "Shipments" | "Inventory" | "Products" | "Access",
		what: string,
	) => ({
		path: field(pathTemplate(text(`${name}Path`, path)), {
			label: `Path of ${what}`,
			help: "A dash (-): the system has no such list.",
			section,
		}),
		at: field(pathSetting(text(`${name}At`, "data")), { label: `Where the list of ${what} stands`, section }),
	});
	const map = (
		name: string,
		known: words.Words,
		standard: string,
		section: "Shipments" | "Inventory" | "Products" | "Access",
	) =>
		field(mapText(known, "read", text(name, standard)), {
			label: `Fields of ${known.what}`,
			help: `Our field: their field. ${mapHelp}`,
			section,
			multiline: true,
		});
	const shipments = list("shipments", "/shipments", "Shipments", "shipments");
	const inventory = list("inventory", "/inventory", "Inventory", "stock");
	const products = list("products", "/products", "Products", "products");
	const locations = list("locations", "/locations", "Inventory", "locations");
	return {
		shipmentsPath: shipments.path,
		shipmentsAt: shipments.at,
		shipmentMap: map("shipmentMap", words.shipmentWords, shipmentMap, "Shipments"),
		weightUnit: field(z.enum(["g", "kg", "oz", "lb"]).default(unitOf(text("weightUnit", "kg"))), {
			label: "Units of weight",
			section: "Shipments",
			advanced: true,
		}),
		firstIsFinal: field(z.boolean().default(flag("firstIsFinal", false)), {
			label: "The first partial shipment is final",
			help: "On: whatever an order's first shipment leaves out is not waited for. Off: the warehouse ships on until all is gone, or its map says final.",
			section: "Shipments",
			advanced: true,
		}),
		inventoryPath: inventory.path,
		inventoryAt: inventory.at,
		levelMap: map("levelMap", words.levelWords, levelMap, "Inventory"),
		locationsPath: locations.path,
		locationsAt: locations.at,
		locationMap: map("locationMap", words.locationWords, locationMap, "Inventory"),
		productsPath: products.path,
		productsAt: products.at,
		productMap: map("productMap", words.productWords, productMap, "Products"),
		...newProductFields(defaults),
	};
}

/** A path of its own for each call: a list of everything says too little of one. */
function newProductFields(defaults: Defaults) {
	const { text } = standardOf(defaults);
	return {
		newProductPath: field(pathTemplate(text("newProductPath")), {
			label: "Path that takes a new product",
			help: "Such as /products. Empty: products are not exported to it.",
			section: "Products",
			advanced: true,
		}),
		findProductPath: field(pathTemplate(text("findProductPath", "/products?sku={sku}"), ["sku"], ["sku"]), {
			label: "Path that finds products by SKU",
			help: "Asked before each product is created. The list stands where that of products does.",
			section: "Products",
			advanced: true,
		}),
		newProductMap: field(mapText(words.newProductWords, "write", text("newProductMap", newProductMap)), {
			label: "Fields of a new product",
			help: `Their field: our field. ${mapHelp}`,
			section: "Products",
			advanced: true,
			multiline: true,
		}),
	};
}

const unitOf = (text: string) => (["g", "kg", "oz", "lb"] as const).find((known) => known === text) ?? "kg";

const shape = z.object(destinationFields());
type DestinationSettings = z.output<typeof shape>;

/** `more` stands beside the order's own fields in its map. */
export function destinationPlan(
	settings: DestinationSettings,
	own: { baseUrl: string; auth: Auth; more?: Record<string, string>; sendWords?: words.Words },
): RestPlan {
	const { baseUrl, auth, more = {}, sendWords = words.deliverableWords } = own;
	const foundAt = parsePlainPath(settings.foundAt);
	return {
		...listsOf(settings),
		...{ baseUrl, auth },
		lists: listPlans({
			shipments: [settings.shipmentsPath, settings.shipmentsAt, settings.shipmentMap, words.shipmentWords],
			inventory: [settings.inventoryPath, settings.inventoryAt, settings.levelMap, words.levelWords],
			products: [settings.productsPath, settings.productsAt, settings.productMap, words.productWords],
			locations: [settings.locationsPath, settings.locationsAt, settings.locationMap, words.locationWords],
		}),
		send: {
			path: settings.orderPath,
			rules: checkedMap(settings.orderMap, sendWords, "write"),
			find: {
				path: settings.findPath,
				at: foundAt,
				rules: checkedMap(settings.knownMap, words.knownOrderWords, "read"),
			},
			recordAt: parsePlainPath(settings.createdAt),
			refusesDoubles: settings.refusesDoubles,
			shippedWords: wordsIn(settings.shippedWords),
			canceledWords: wordsIn(settings.canceledWords),
			referenceTemplate: settings.referenceTemplate,
			checks: parseChecks(settings.validationRules),
			more,
		},
		...(settings.cancelPath && {
			cancel: {
				path: settings.cancelPath,
				method: settings.cancelMethod,
				reasonAt: settings.cancelReason,
				orderPath: settings.oneOrderPath,
			},
		}),
		...(settings.newProductPath &&
			settings.findProductPath && {
				newProduct: {
					path: settings.newProductPath,
					findPath: settings.findProductPath,
					foundAt: parsePlainPath(settings.productsAt),
					rules: checkedMap(settings.newProductMap, words.newProductWords, "write"),
					foundRules: checkedMap(settings.productMap, words.productWords, "read"),
				},
			}),
		shipments: { weights: settings.weightUnit, alwaysFinal: settings.firstIsFinal },
	};
}

/** Only the lists that have a path. */
export function listPlans(
	given: Partial<Record<keyof RestPlan["lists"], readonly [string, string, string, words.Words]>>,
) {
	const lists: RestPlan["lists"] = {};
	for (const [name, [path, at, map, known]] of Object.entries(given) as [
		keyof RestPlan["lists"],
		[string, string, string, words.Words],
	][])
		if (path) lists[name] = { path, at: parsePlainPath(at), rules: checkedMap(map, known, "read") } satisfies ListPlan;
	return lists;
}

function wordsIn(text: string): string[] {
	return text
		.toLowerCase()
		.split(",")
		.map((word) => word.trim())
		.filter((word) => word !== "");
}
