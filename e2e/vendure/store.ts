/** What tests do in a real Vendure shop: set it up, buy in it, cancel, and look at what became of an order. */
import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Ask, Vendure } from "./start-vendure";

export interface Seeded {
	/** A key for a role with exactly the rights that the guide names. */
	apiKey: string;
	/** Settings of a Crossdock connection to this shop. */
	settings: { apiUrl: string; apiKey: string; stockLocation: string };
	locations: { first: string; second: string };
	/** Ids of the variants by SKU. */
	variants: Record<string, string>;
}

export interface SeedOptions {
	products?: { sku: string; name: string; stock: number }[];
	shippingMethod?: { code: string; name: string };
}

const defaultProducts = [
	{ sku: "TEE", name: "Tee", stock: 50 },
	{ sku: "MUG", name: "Mug", stock: 50 },
];
/** The rights that the guide names. */
export const rights = ["ReadOrder", "UpdateOrder", "ReadCatalog", "UpdateCatalog"];
const english = (words: object) => [{ languageCode: "en", ...words }];

/** Country, zone, tax, shipping, payment, products with tracked stock, a second location, and an API key. */
export async function seedStore(vendure: Vendure, options: SeedOptions = {}): Promise<Seeded> {
	const { admin } = vendure;
	await openForTrade(admin, options.shippingMethod ?? { code: "ups-ground", name: "UPS Ground" });
	const locations = {
		first: (await firstOf(admin, "stockLocations")).id,
		second: await make(admin, "StockLocation", { name: "Annex" }),
	};
	const variants: Record<string, string> = {};
	for (const product of options.products ?? defaultProducts) {
		variants[product.sku] = await addProduct(admin, product, locations.first);
	}
	const apiKey = await addApiKey(admin, rights);
	return {
		apiKey,
		settings: { apiUrl: vendure.adminUrl, apiKey, stockLocation: locations.first },
		locations,
		variants,
	};
}

async function openForTrade(admin: Ask, method: { code: string; name: string }): Promise<void> {
	const country = await make(admin, "Country", { code: "US", enabled: true, translations: english({ name: "USA" }) });
	const zone = await make(admin, "Zone", { name: "USA", memberIds: [country] });
	const channel = await firstOf(admin, "channels");
	await admin(
		`mutation ($input: UpdateChannelInput!) { updateChannel(input: $input) { ... on Channel { id } ... on ErrorResult { message } } }`,
		{
			input: {
				id: channel.id,
				defaultShippingZoneId: zone,
				defaultTaxZoneId: zone,
				pricesIncludeTax: true,
				defaultCurrencyCode: "USD",
				availableCurrencyCodes: ["USD"],
			},
		},
	);
	const tax = await make(admin, "TaxCategory", { name: "Standard", isDefault: true });
	await make(admin, "TaxRate", { name: "Standard", enabled: true, value: 0, categoryId: tax, zoneId: zone });
	await make(admin, "ShippingMethod", {
		code: method.code,
		fulfillmentHandler: "manual-fulfillment",
		checker: { code: "default-shipping-eligibility-checker", arguments: [{ name: "orderMinimum", value: "0" }] },
		calculator: {
			code: "default-shipping-calculator",
			arguments: [
				{ name: "rate", value: "500" },
				{ name: "includesTax", value: "auto" },
				{ name: "taxRate", value: "0" },
			],
		},
		translations: english({ name: method.name, description: "" }),
	});
	for (const [code, settles] of [
		["dummy", "true"],
		["dummy-authorize", "false"],
	]) {
		const handler = { code: "dummy-payment-handler", arguments: [{ name: "automaticSettle", value: settles }] };
		await make(admin, "PaymentMethod", { code, enabled: true, handler, translations: english({ name: code }) });
	}
}

/** Adds a product with one variant, whose stock is tracked and lies at one location. Returns the variant's id. */
export async function addProduct(
	admin: Ask,
	product: { sku: string; name: string; stock: number },
	stockLocationId: string,
): Promise<string> {
	const { sku, name, stock } = product;
	const productId = await make(admin, "Product", {
		enabled: true,
		translations: english({ name, slug: sku.toLowerCase(), description: "" }),
	});
	const data = await admin(
		`mutation ($input: [CreateProductVariantInput!]!) { made: createProductVariants(input: $input) { id } }`,
		{
			input: [
				{
					productId,
					sku,
					price: 1250,
					trackInventory: "TRUE",
					stockLevels: [{ stockLocationId, stockOnHand: stock }],
					translations: english({ name }),
				},
			],
		},
	);
	return z.object({ made: z.array(z.object({ id: z.string() })).length(1) }).parse(data).made[0]?.id ?? "";
}

/** A key for a new role with just these rights. */
export async function addApiKey(admin: Ask, permissions: string[]): Promise<string> {
	return (await addKey(admin, permissions)).apiKey;
}

/** The same with the id by which the shop's people end it. */
export async function addKey(admin: Ask, permissions: string[]): Promise<{ apiKey: string; entityId: string }> {
	const code = `crossdock-${randomBytes(4).toString("hex")}`;
	const role = await make(admin, "Role", { code, description: code, permissions });
	const data = await admin(
		"mutation ($input: CreateApiKeyInput!) { made: createApiKey(input: $input) { apiKey entityId } }",
		{ input: { roleIds: [role], translations: english({ name: code }) } },
	);
	return z.object({ made: z.object({ apiKey: z.string(), entityId: z.string() }) }).parse(data).made;
}

export async function endKey(admin: Ask, id: string): Promise<void> {
	await admin("mutation ($ids: [ID!]!) { deleteApiKeys(ids: $ids) { result } }", { ids: [id] });
}

async function make(admin: Ask, kind: string, input: object): Promise<string> {
	const data = await admin(
		`mutation ($input: Create${kind}Input!) { made: create${kind}(input: $input) { ... on ${kind} { id } } }`,
		{ input },
	);
	return z.object({ made: z.object({ id: z.string() }) }).parse(data).made.id;
}

async function firstOf(admin: Ask, list: "channels" | "stockLocations"): Promise<{ id: string }> {
	const data = await admin(`{ list: ${list} { items { id } } }`);
	const [first] = z.object({ list: z.object({ items: z.array(z.object({ id: z.string() })) }) }).parse(data).list.items;
	if (!first) throw new Error(`the shop has no ${list}`);
	return first;
}
