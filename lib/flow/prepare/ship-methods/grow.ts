/** The lists of ship methods and carriers grow by themselves: what arrives under a word not seen before is added. */
import type { Order } from "@/lib/canonical/order";
import type { CarrierDirection } from "@/lib/canonical/ship-method";
import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import { codeKey, codeOf } from "./resolve";

interface Grower {
	accountId: string;
	merchantId: string;
	connectionId: string;
	now: Date;
}

/** Adds the codes of a page of orders to their cart's list; one statement, whatever its size. */
export async function growShipMethods(tx: Transaction, grower: Grower, orders: readonly Order[]): Promise<void> {
	const seen = new Map<string, { code: string; name: string }>();
	for (const order of orders) {
		const code = codeOf(order);
		// A star would make it a pattern, which only a person types.
		if (!code.includes("*")) seen.set(codeKey(code), { code, name: order.shipping.name });
	}
	const { accountId, merchantId, connectionId, now } = grower;
	const tenant = { accountId, merchantId, connectionId };
	await insertRows(
		tx,
		"ShipMethodMapping",
		{
			...{ id: "text", accountId: "text", merchantId: "text", connectionId: "text", code: "text", name: "text" },
			...{ createdAt: "timestamptz", updatedAt: "timestamptz" },
		},
		// One order for everybody, so that two runs never wait for each other in a circle.
		[...seen.entries()]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([, { code, name }]) => ({ id: newId("shm"), ...tenant, code, name, createdAt: now, updatedAt: now })),
		"on conflict do nothing",
	);
}

/** Adds carriers to a connection's list, passed through until somebody says otherwise. */
export async function growCarriers(
	tx: Transaction,
	grower: Grower & { direction: CarrierDirection },
	carriers: readonly string[],
): Promise<void> {
	const seen = new Map(carriers.filter(Boolean).map((carrier) => [codeKey(carrier), carrier.trim()]));
	const { accountId, merchantId, connectionId, direction, now } = grower;
	const rest = { accountId, merchantId, connectionId, direction };
	await insertRows(
		tx,
		"CarrierMapping",
		{
			...{ id: "text", accountId: "text", merchantId: "text", connectionId: "text", direction: "text" },
			...{ carrier: "text", createdAt: "timestamptz", updatedAt: "timestamptz" },
		},
		[...seen.entries()]
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.map(([, carrier]) => ({ id: newId("cam"), ...rest, carrier, createdAt: now, updatedAt: now })),
		"on conflict do nothing",
	);
}
