/** An order against a model of it: people's verbs and the partners' events in any sequence, on the real database. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { mayBecome, type OrderStatus } from "@/lib/canonical/status";
import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";
import { cancelSending } from "./cancel-sending";
import { editOrder } from "./edit-order";
import { enableSending } from "./enable-sending";
import { holdOrder } from "./hold-order";
import { markDelivered } from "./mark-delivered";
import { readOrder } from "./read-order";
import { releaseOrder } from "./release-order";
import { resendOrder } from "./resend-order";
import { undoEdit } from "./undo-edit";
import { undoMark } from "./undo-mark";

testDatabase();
const journey = testJourney();

interface Model {
	status: OrderStatus;
	held: boolean;
	/** Held by the client too. */
	client: boolean;
	/** A person corrected it. */
	edited: boolean;
	/** What it was before a person said that the warehouse has it. */
	marked: "new" | "error" | null;
	stopped: boolean;
	/** An earlier try may have arrived, as far as we know. */
	unknown: boolean;
	/** What the warehouse really has. */
	there: boolean;
	left: boolean;
}

const isOpen = ({ status }: Model) => status === "new" || status === "error";
const isHere = (model: Model) => isOpen(model) && !model.unknown;
const isHeld = ({ held, client }: Model) => held || client;
const goesOut = (model: Model) => model.status === "new" && !isHeld(model) && !model.stopped;
const arrives = (model: Model) => {
	if (goesOut(model)) Object.assign(model, { status: "at_wms", unknown: false, there: true });
};

/** What a person may do: when it is allowed, and what follows. */
const verbs = {
	hold: { may: isHere, effect: (model: Model) => Object.assign(model, { held: true }) },
	release: {
		may: (model: Model) => isOpen(model) && model.held,
		effect: (model: Model) => Object.assign(model, { held: false }),
	},
	clientHold: { may: isHere, effect: (model: Model) => Object.assign(model, { client: true }) },
	clientRelease: {
		may: (model: Model) => isOpen(model) && model.client,
		effect: (model: Model) => Object.assign(model, { client: false }),
	},
	edit: { may: isHere, effect: (model: Model) => Object.assign(model, { edited: true, status: "new" }) },
	undoEdit: {
		may: (model: Model) => isHere(model) && model.edited,
		effect: (model: Model) => Object.assign(model, { edited: false, status: "new" }),
	},
	mark: {
		may: (model: Model) => isHere(model) && !isHeld(model),
		effect: (model: Model) => Object.assign(model, { marked: model.status, status: "at_wms" }),
	},
	undoMark: {
		may: (model: Model) => model.status === "at_wms" && model.marked !== null,
		effect: (model: Model) => Object.assign(model, { status: model.marked, marked: null }),
	},
	stop: { may: isHere, effect: (model: Model) => Object.assign(model, { stopped: true }) },
	enable: {
		may: (model: Model) => isOpen(model) && model.stopped,
		effect: (model: Model) => Object.assign(model, { stopped: false, status: "new" }),
	},
	resend: {
		may: (model: Model) => isOpen(model) && !isHeld(model) && !model.stopped,
		effect: (model: Model) => Object.assign(model, { status: "new" }),
	},
};

/** What happens by itself. */
const events: Record<string, (model: Model) => void> = {
	deliver: arrives,
	// Carried out, and the answer lost: the next run looks for it.
	deliverLost: (model) => {
		if (model.there) arrives(model);
		else if (goesOut(model)) Object.assign(model, { there: true, unknown: true });
	},
	deliverDown: (model) => {
		if (goesOut(model)) model.unknown = true;
	},
	deliverDeaf: (model) => {
		if (!goesOut(model)) return;
		// What is looked for first is not sent again while nobody can look.
		model.there ||= !model.unknown;
		model.unknown = true;
	},
	deliverRefused: (model) => {
		if (!goesOut(model)) return;
		if (model.there) arrives(model);
		else Object.assign(model, { status: "error", unknown: false });
	},
	leave: (model) => {
		model.left ||= model.there;
	},
	fetch: (model) => {
		if (model.left && mayBecome(model.status, "shipped")) Object.assign(model, { status: "shipped", unknown: false });
	},
	tell: (model) => {
		if (model.status === "shipped") model.status = "confirmed";
	},
	cancelInShop: (model) => {
		if (isHere(model)) model.status = "canceled";
	},
};

type Step = keyof typeof verbs | keyof typeof events;
const steps: Step[] = [...Object.keys(verbs), ...Object.keys(events)];
const isVerb = (step: Step): step is keyof typeof verbs => step in verbs;

async function askVerb(step: keyof typeof verbs, orderId: string): Promise<boolean> {
	const { scope } = journey.tenant;
	const { merchantId: _, ...staff } = scope;
	const doing = {
		hold: () => holdOrder(staff, orderId, "model"),
		release: () => releaseOrder(staff, orderId),
		clientHold: () => holdOrder(scope, orderId, "model"),
		clientRelease: () => releaseOrder(scope, orderId),
		edit: () => editNote(staff, orderId),
		undoEdit: () => undoEdit(staff, orderId),
		mark: () => markDelivered(staff, orderId, { number: "", reason: "model" }),
		undoMark: () => undoMark(staff, orderId),
		stop: () => cancelSending(scope, orderId),
		enable: () => enableSending(scope, orderId),
		resend: () => resendOrder(scope, orderId),
	};
	try {
		await doing[step]();
		return true;
	} catch (error) {
		if (error instanceof AppError && error.code === "conflict") return false;
		throw error;
	}
}

/** Another note each time, so that there is something to correct. */
async function editNote(scope: Scope, orderId: string) {
	const order = await readOrder(scope, orderId);
	const { shipTo, shipping, lines } = order;
	const sourceChangedAt = new Date(order.sourceChangedAt).toISOString();
	return editOrder(scope, orderId, {
		...{ shipTo, shipping, note: `${order.note}!`, reason: "", sourceChangedAt },
		lines: lines.map(({ id, sku, quantity }) => ({ id, sku, quantity })),
	});
}

const always = { times: Number.POSITIVE_INFINITY };
const isCreate = (call: { method: string; path: string }) => call.method === "POST" && call.path === "/orders";

async function letHappen(step: Step, order: ReturnType<typeof journey.place>, model: Model): Promise<void> {
	const { warehouse, shop, tenant, cart, wms } = journey;
	const { items } = warehouse.store.customer();
	const tee = items.get("TEE");
	const down = { kind: "status", when: "before", status: 503 } as const;
	const isCall = ({ path }: { path: string }) => !path.includes("Token");
	if (step === "deliverLost") warehouse.faults.add({ match: isCreate, fault: { kind: "reset", when: "after" } });
	if (step === "deliverDown") warehouse.faults.add({ match: isCall, fault: down, ...always });
	if (step === "deliverDeaf") {
		warehouse.faults.add({ match: isCreate, fault: { kind: "reset", when: "after" }, ...always });
		warehouse.faults.add({ match: ({ method }) => method === "GET", fault: down, ...always });
	}
	if (step === "deliverRefused") items.delete("TEE");
	if (step.startsWith("deliver")) await journey.deliver();
	warehouse.faults.clear();
	if (tee) items.set("TEE", tee);
	const found = warehouse.store.find(order.code);
	if (step === "leave" && found?.readOnly.status === 0) warehouse.store.ship(found.readOnly.orderId);
	if (step === "fetch") await runFlow(tenant, wms, "shipments/fetch");
	if (step === "tell") await runFlow(tenant, cart, "shipments/upload");
	if (step === "cancelInShop" && isHere(model)) {
		shop.store.cancel(order);
		await runFlow(tenant, cart, "orders/cancel");
	}
}

async function stateOf(code: string) {
	const [row] = await journey.tenant.sql<{
		status: OrderStatus;
		held: boolean;
		client: boolean;
		edited: boolean;
		stopped: boolean;
	}>(
		`select "status", "heldBy" @> '{staff}' as "held", "heldBy" @> '{client}' as "client", "editedAt" is not null as "edited", "sendingCanceled" as "stopped" from "Order" where "number" = $1`,
		[code],
	);
	return row;
}

it("every sequence of verbs and events leaves an order as the model says, and at the warehouse at most once", {
	timeout: 600_000,
}, async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(fc.constantFrom(...steps), { minLength: 3, maxLength: 10 }), async (sequence) => {
			const order = journey.place([{ sku: "TEE", quantity: 1 }]);
			await journey.download();
			const orderId = await journey.orderIdOf(order.code);
			const model: Model = {
				...{ status: "new", held: false, client: false, edited: false, marked: null },
				...{ stopped: false, unknown: false, there: false, left: false },
			};
			for (const step of sequence) {
				const before = model.status;
				if (isVerb(step)) {
					const allowed = verbs[step].may(model);
					expect({ step, done: await askVerb(step, orderId) }).toEqual({ step, done: allowed });
					if (allowed) verbs[step].effect(model);
				} else {
					await letHappen(step, order, model);
					events[step]?.(model);
				}
				const { status, held, client, edited, stopped } = model;
				expect({ step, ...(await stateOf(order.code)) }).toEqual({ step, status, held, client, edited, stopped });
				expect({ step, created: journey.created(order.code) }).toEqual({ step, created: model.there ? 1 : 0 });
				expect(before === status || mayBecome(before, status)).toBe(true);
			}
			// What this sequence left open must not be in the way of the next one.
			await journey.tenant.sql(
				`update "Order" set "status" = 'canceled', "dueAt" = null where "status" <> 'confirmed'`,
			);
		}),
		{ seed: 20261121, numRuns: 20, endOnFailure: false },
	);
});
