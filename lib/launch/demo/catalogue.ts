/** What the demo's merchants sell and where it lies. Prices are in cents. */
export interface DemoProduct {
	sku: string;
	name: string;
	price: number;
	/** Stock on the first day. */
	stock: number;
}

export interface DemoMerchant {
	key: string;
	name: string;
	shop: string;
	/** In front of the shop's order numbers. */
	prefix: string;
	/** How the warehouse knows the merchant, and the building that packs for it. */
	customerId: number;
	facilityId: number;
	products: DemoProduct[];
}

export const demoMerchants: readonly DemoMerchant[] = [
	{
		key: "kettle",
		name: "Blue Kettle",
		shop: "Blue Kettle shop",
		prefix: "BK-",
		customerId: 17,
		facilityId: 2,
		products: [
			{ sku: "KETTLE-12-BLU", name: "Gooseneck kettle 1.2 l, blue", price: 8900, stock: 140 },
			{ sku: "KETTLE-12-BLK", name: "Gooseneck kettle 1.2 l, black", price: 8900, stock: 95 },
			{ sku: "POT-STON-08", name: "Stoneware teapot 0.8 l", price: 5400, stock: 120 },
			{ sku: "CUP-STON-2", name: "Stoneware cups, set of 2", price: 2850, stock: 220 },
			{ sku: "TEA-SENCHA-100", name: "Sencha, 100 g", price: 1490, stock: 310 },
			{ sku: "TEA-ASSAM-250", name: "Assam, 250 g", price: 1650, stock: 260 },
			{ sku: "FILTER-STEEL", name: "Steel tea filter", price: 990, stock: 180 },
		],
	},
	{
		key: "northfell",
		name: "Northfell Outdoor",
		shop: "Northfell store",
		prefix: "NF",
		customerId: 23,
		facilityId: 3,
		products: [
			{ sku: "NF-TENT-2P", name: "Ridge tent, 2 persons", price: 32900, stock: 60 },
			{ sku: "NF-BAG-M5", name: "Sleeping bag -5 °C", price: 18900, stock: 85 },
			{ sku: "NF-MAT-R", name: "Insulated mat, regular", price: 11900, stock: 110 },
			{ sku: "NF-STOVE-S", name: "Pocket stove", price: 6400, stock: 150 },
			{ sku: "NF-BOTTLE-75", name: "Steel bottle 0.75 l", price: 2900, stock: 240 },
			{ sku: "NF-SOCK-M", name: "Merino socks, M", price: 2200, stock: 300 },
			{ sku: "NF-SOCK-L", name: "Merino socks, L", price: 2200, stock: 280 },
			{ sku: "NF-LAMP-H", name: "Head lamp", price: 4500, stock: 130 },
		],
	},
];
