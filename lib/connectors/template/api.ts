import { z } from "zod";

/** Shapes of the remote answers: only the fields we use, as loose as the system is. */

export const whoAnswer = z.object({ shop: z.string().min(1) });

export const remoteOrder = z.object({
	id: z.string().min(1),
	number: z.string().min(1),
	status: z.string(),
	placedAt: z.iso.datetime(),
	changedAt: z.iso.datetime(),
	currency: z.string(),
	total: z.string(),
	email: z.string().nullish(),
	note: z.string().nullish(),
	shipTo: z.object({
		name: z.string().nullish(),
		company: z.string().nullish(),
		line1: z.string().nullish(),
		line2: z.string().nullish(),
		city: z.string().nullish(),
		region: z.string().nullish(),
		postalCode: z.string().nullish(),
		country: z.string(),
		phone: z.string().nullish(),
	}),
	shipping: z.object({ code: z.string(), name: z.string() }).nullish(),
	lines: z.array(
		z.object({ id: z.string().min(1), sku: z.string(), name: z.string(), quantity: z.number(), price: z.string() }),
	),
});
export type RemoteOrder = z.output<typeof remoteOrder>;

/** Records are parsed one by one, so that a malformed one does not hide its neighbours. */
export const orderPage = z.object({ orders: z.array(z.unknown()), more: z.boolean() });
export const oneOrder = z.object({ order: z.unknown() });

export const shipmentList = z.object({ shipments: z.array(z.object({ id: z.string(), reference: z.string() })) });
export const madeShipment = z.object({ id: z.string() });

export const stockAnswer = z.object({
	results: z.array(z.object({ sku: z.string(), ok: z.boolean(), reason: z.string().nullish() })),
});
export const locationList = z.object({ locations: z.array(z.object({ id: z.string(), name: z.string() })) });
