import type { Hono } from "hono";
import { z } from "zod";
import type { SandboxEnv } from "../../kit/sandbox-server";
import { rels } from "../api";
import { operation, parameter, pascal, validation } from "./answers";
import { isHal, pageOf } from "./paging";
import type { StoredReceiver } from "./receivers";
import { parseRql } from "./rql-filter";
import type { WarehouseStore } from "./store";

const date = z.iso.datetime({ local: true, offset: true }).nullish();
/** What POST insists on. Unknown fields are let through, as the real system does. */
const announcement = z.object({
	customerIdentifier: z.object({ id: z.number() }),
	facilityIdentifier: z.object({ id: z.number() }),
	referenceNum: z.string().min(1),
	poNum: z.string().nullish(),
	expectedDate: date,
	notes: z.string().nullish(),
	carrier: z.string().nullish(),
	trackingNumber: z.string().nullish(),
	trailerNumber: z.string().nullish(),
	receiveItems: z
		.array(
			z.object({
				itemIdentifier: z.object({ sku: z.string() }),
				qty: z.number(),
				externalId: z.string().nullish(),
				lotNumber: z.string().nullish(),
				expirationDate: date,
				savedElements: z.array(z.strictObject({ name: z.string().min(1), value: z.string() })).optional(),
			}),
		)
		.min(1),
});

export function receiverRoutes(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	const { dock } = store;
	app.get("/inventory/receivers", (context) => {
		const page = pageOf(context, 1000, 100);
		if (typeof page === "string") return context.json(parameter(page), 400);
		const shown = dock.receivers.map((one) => ({ one, row: showReceiver(store, one, "") }));
		let found: StoredReceiver[];
		try {
			const rql = context.req.query("rql") ?? "";
			const { test } = rql === "" ? { test: () => true } : parseRql(rql);
			found = shown.filter(({ row }) => test(row)).map(({ one }) => one);
		} catch {
			return context.json(parameter("rql"), 400);
		}
		if (/^readonly\.lastmodifieddate/i.test(context.req.query("sort") ?? ""))
			found.sort((a, b) =>
				a.lastModifiedDate < b.lastModifiedDate ? -1 : a.lastModifiedDate > b.lastModifiedDate ? 1 : 0,
			);
		const detail = context.req.query("detail") ?? "";
		const records = found
			.slice((page.number - 1) * page.size, page.number * page.size)
			.map((one) => one.malformed ?? showReceiver(store, one, detail));
		return isHal(context)
			? context.json({ totalResults: found.length, _embedded: { [rels.receiver]: records } })
			: context.json({ TotalResults: found.length, ResourceList: records.map(pascal) });
	});
	app.post("/inventory/receivers", async (context) => {
		const given = announcement.safeParse(await context.req.json().catch(() => null));
		if (!given.success) {
			const name = String(given.error.issues[0]?.path[0] ?? "Receiver");
			return context.json(validation("Required", name.charAt(0).toUpperCase() + name.slice(1)), 400);
		}
		const made = dock.announce(given.data);
		if ("refused" in made) return context.json(made.refused, 400);
		return context.json(showReceiver(store, made.receiver, "All") as object, 201, {
			ETag: `"${made.receiver.version}"`,
		});
	});
	app.get("/inventory/receivers/:id", (context) => {
		const receiver = dock.get(Number(context.req.param("id")));
		if (!receiver) return context.json({ Message: "not found" }, 404);
		return context.json(showReceiver(store, receiver, "All") as object, 200, { ETag: `"${receiver.version}"` });
	});
	operators(app, store);
}

function operators(app: Hono<SandboxEnv>, store: WarehouseStore): void {
	for (const action of ["confirmer", "canceler"] as const) {
		app.post(`/inventory/receivers/:id/${action}`, async (context) => {
			const receiver = store.dock.get(Number(context.req.param("id")));
			if (!receiver) return context.json({ Message: "not found" }, 404);
			const version = context.req.header("if-match");
			if (!version) return context.json({ Message: "If-Match is required" }, 428);
			if (version !== `"${receiver.version}"`) return context.json({ Message: "the receiver changed" }, 412);
			if (receiver.status !== 0) return context.json(operation("AlreadyCompleted", action), 403);
			const body = (await context.req.json().catch(() => ({}))) as { reason?: string; arrivalDate?: string };
			if (action === "canceler") {
				if (!body.reason) return context.json(validation("Required", "Reason"), 400);
				store.dock.cancel(receiver);
				return context.body(null, 204);
			}
			const arrival = body.arrivalDate ? new Date(`${body.arrivalDate.replace(/Z$/, "")}Z`) : store.now();
			if (arrival > store.now()) return context.json(operation("DateInFuture", action), 403);
			store.dock.confirm(receiver, undefined, arrival);
			return context.body(null, 204);
		});
	}
}

export function showReceiver(store: WarehouseStore, receiver: StoredReceiver, detail: string): unknown {
	const facility = store.facilities.find(({ id }) => id === receiver.facilityId);
	return {
		readOnly: {
			receiverId: receiver.receiverId,
			status: receiver.status,
			creationDate: receiver.creationDate,
			lastModifiedDate: receiver.lastModifiedDate,
			customerIdentifier: { id: receiver.customerId },
			facilityIdentifier: facility,
		},
		referenceNum: receiver.referenceNum,
		poNum: receiver.poNum,
		notes: receiver.notes,
		arrivalDate: receiver.arrivalDate,
		expectedDate: receiver.expectedDate,
		...(/ReceiveItems|All/i.test(detail) && {
			_embedded: {
				[rels.receiveItem]: receiver.items.map(({ receiveItemId, expectedQty, ...item }) => ({
					readOnly: { receiveItemId, expectedQty },
					...item,
				})),
			},
		}),
	};
}
