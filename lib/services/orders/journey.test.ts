import { describe, expect, it } from "vitest";
import { writeStates } from "@/lib/canonical/status";
import { type AttemptRow, type JourneyInput, journeyOf } from "./journey";

const minute = (count: number) => new Date(Date.UTC(2026, 2, 1, 10, count));

const order: JourneyInput["order"] = {
	status: "new",
	createdAt: minute(0),
	placedAt: minute(-30),
	dueAt: minute(5),
	held: false,
	heldWords: "Release it to let it go on.",
	stockWords: null,
	waitsUntil: null,
	sendingCanceled: false,
	problem: null,
	sourceName: "Shop",
	lineCount: 2,
	unitCount: 3,
};
const delivery: JourneyInput["deliveries"][number] = {
	id: "dlv_1",
	state: "accepted",
	connectionName: "East",
	part: 1,
	key: "1001",
	externalId: "8804",
	existed: false,
	handBefore: null,
	createdAt: minute(1),
	acceptedAt: minute(2),
	nextTryAt: null,
	problem: null,
	runId: "run_2",
};
const shipment = (id: string, at: number): JourneyInput["shipments"][number] => ({
	id,
	createdAt: minute(at),
	shippedAt: minute(at - 1),
	carrier: "UPS",
	service: "ground",
	tracking: [`1Z${id}`],
	units: 1,
	warehouse: "East",
});
const confirmation = (id: string, at: number): JourneyInput["confirmations"][number] => ({
	id,
	state: "accepted",
	createdAt: minute(at),
	acceptedAt: minute(at + 1),
	nextTryAt: null,
	problem: null,
	existed: false,
	runId: "run_4",
});
const attempt = (number: number, outcome: string, message: string | null = null): AttemptRow => ({
	deliveryId: "dlv_1",
	confirmationId: null,
	cancellationId: null,
	number,
	startedAt: minute(number + 1),
	endedAt: new Date(minute(number + 1).getTime() + 250),
	outcome,
	message,
	exchangeId: `xch_${number}`,
	runId: "run_2",
});
const event = (kind: string, at: number, facts: Record<string, string> = {}) => ({
	id: `evt_${kind}`,
	at: minute(at),
	kind,
	actorType: "user",
	actor: "Kim",
	runId: null,
	facts,
});

function journey(given: Partial<Omit<JourneyInput, "order">> & { order?: Partial<JourneyInput["order"]> } = {}) {
	return journeyOf({
		loadedRunId: "run_1",
		hasWarehouse: true,
		deliveries: [],
		shipments: [],
		confirmations: [],
		cancellation: null,
		attempts: [],
		events: [],
		...given,
		order: { ...order, ...given.order },
	});
}
const told = (steps: ReturnType<typeof journey>) => steps.map(({ tone, title }) => `${tone}: ${title}`);
const last = (given: Parameters<typeof journey>[0]) => journey(given).at(-1);

describe("an order's journey", () => {
	it("begins where it was loaded", () => {
		expect(journey()[0]).toMatchObject({
			kind: "loaded",
			title: "Loaded from Shop",
			detail: "2 lines, 3 units",
			who: "Order Download",
			runId: "run_1",
			tookMs: null,
		});
		expect(journey({ order: { lineCount: 1, unitCount: 1 } })[0]?.detail).toBe("1 line, 1 unit");
	});

	it("goes all the way in order of time, and says how long each step took", () => {
		const steps = journey({
			order: { status: "confirmed", dueAt: null },
			deliveries: [delivery],
			shipments: [shipment("shp_1", 10), shipment("shp_2", 20)],
			confirmations: [confirmation("cfm_1", 11), confirmation("cfm_2", 21)],
			attempts: [attempt(1, "accepted")],
		});
		expect(told(steps)).toEqual([
			"done: Loaded from Shop",
			"done: Prepared for East",
			"done: Accepted by East",
			"done: 1 unit shipped by UPS ground",
			"done: Tracking is at Shop",
			"done: 1 unit shipped by UPS ground",
			"done: Tracking is at Shop",
		]);
		expect(steps.map(({ tookMs }) => tookMs && tookMs / 60_000)).toEqual([null, 1, 1, 8, 2, 8, 2]);
		// What each step made of it stands with the delivery, once.
		expect(steps[1]?.notes).toEqual([]);
		expect(steps[2]).toMatchObject({
			detail: "Its number for the order is 8804.",
			attempts: [{ number: 1, durationMs: 250, exchangeId: "xch_1" }],
		});
	});

	it.each<[string, Partial<JourneyInput["order"]>, Partial<Omit<JourneyInput, "order">>, string, string]>([
		["new", {}, {}, "waiting: Goes to the warehouse next", ""],
		["waiting for another try", { problem: "No answer." }, {}, "waiting: Goes to the warehouse next", "No answer."],
		[
			"without a warehouse",
			{},
			{ hasWarehouse: false },
			"look: Waits for a warehouse",
			"Connect a warehouse for this merchant.",
		],
		["held", { held: true }, {}, "look: Held", "Release it to let it go on."],
		["not to be sent", { sendingCanceled: true }, {}, "look: Sending is canceled", "Enable sending to let it go on."],
		[
			"held and not to be sent",
			{ held: true, sendingCanceled: true },
			{},
			"look: Sending is canceled",
			"Enable sending to let it go on.",
		],
		["stopped", { status: "error", problem: "SKU X is unknown" }, {}, "person: Stopped", "SKU X is unknown"],
		["at the warehouse", { status: "at_wms" }, {}, "waiting: Waits for the warehouse to ship", ""],
		["shipped", { status: "shipped" }, {}, "waiting: Tracking goes to the cart next", ""],
	])("that is %s says what comes next", (_, changed, more, title, detail) => {
		const ahead = last({ ...more, order: changed });
		expect(`${ahead?.tone}: ${ahead?.title}`).toBe(title);
		expect(ahead).toMatchObject({ kind: "ahead", at: null, tookMs: null, detail });
	});

	it("names the next try only where one is planned", () => {
		expect(last({})?.nextTryAt).toBe(minute(5).toISOString());
		expect(last({ order: { held: true } })?.nextTryAt).toBeNull();
	});

	it.each(["confirmed", "canceled"] as const)("that is %s has nothing ahead", (status) => {
		expect(journey({ order: { status } }).some(({ kind }) => kind === "ahead")).toBe(false);
	});

	it("leaves what waits for the cart to the step that waits", () => {
		const waiting = { ...confirmation("cfm_1", 11), state: "intended", acceptedAt: null, nextTryAt: minute(15) };
		const steps = journey({
			order: { status: "shipped" },
			shipments: [shipment("shp_1", 10)],
			confirmations: [waiting],
		});
		expect(steps.at(-1)).toMatchObject({
			kind: "confirmation",
			title: "Tracking waits for Shop",
			nextTryAt: minute(15).toISOString(),
		});
	});

	it.each(writeStates)("has words for a delivery and a confirmation that are %s", (state) => {
		const steps = journey({
			deliveries: [{ ...delivery, state }],
			confirmations: [{ ...confirmation("cfm_1", 11), state }],
		});
		for (const kind of ["delivery", "confirmation"]) {
			const step = steps.find((one) => one.kind === kind);
			expect(step?.title).toMatch(/^[A-Z].* (East|Shop)$/);
			expect(step?.title.startsWith(state)).toBe(false);
		}
	});

	it("counts the tries of a delivery without an answer, and names the next one", () => {
		const unknown = { ...delivery, state: "unknown", acceptedAt: null, externalId: null, problem: "No answer." };
		const steps = journey({
			order: { problem: "No answer." },
			deliveries: [unknown],
			attempts: [attempt(1, "unknown", "No answer."), attempt(2, "unknown", "No answer.")],
		});
		expect(steps.find(({ kind }) => kind === "delivery")).toMatchObject({
			tone: "look",
			title: "No answer from East",
			detail: "No answer.",
			at: minute(3).toISOString(),
			nextTryAt: minute(5).toISOString(),
			attempts: [{ number: 1 }, { number: 2 }],
		});
	});

	it("says when the warehouse had the order already", () => {
		expect(journey({ deliveries: [{ ...delivery, existed: true }] })[2]?.detail).toBe(
			"It had the order already, as 8804.",
		);
	});

	it("puts what people did where it happened, with their name and reason", () => {
		const steps = journey({
			order: { status: "at_wms" },
			deliveries: [delivery],
			events: [event("held", 0.5, { reason: "Call first" }), event("cancel-refused", 30, { reason: "already packed" })],
		});
		expect(told(steps)).toEqual([
			"done: Loaded from Shop",
			"look: Held",
			"done: Prepared for East",
			"done: Accepted by East",
			"person: The warehouse refused to cancel it",
			"waiting: Waits for the warehouse to ship",
		]);
		expect(steps[1]).toMatchObject({ who: "Kim", detail: "Call first" });
	});

	it("names the function where nobody did it, and keeps an event of a kind it does not know", () => {
		const byJob = { ...event("cancel-accepted", 3), actorType: "job", actor: "orders/cancel" };
		const strange = { ...event("painted-blue", 4), actorType: "job", actor: "something" };
		const [, first, second] = journey({ events: [byJob, strange] });
		expect(first).toMatchObject({ title: "The warehouse canceled it", who: "Order Cancel Download" });
		expect(second).toMatchObject({ title: "painted-blue", who: "Crossdock" });
	});

	it("says what a shipment lacks", () => {
		const bare = { ...shipment("shp_1", 3), carrier: "", service: "", tracking: [], units: 2 };
		expect(journey({ shipments: [bare] })[1]).toMatchObject({
			title: "2 units shipped",
			detail: "Without a tracking number",
		});
	});
});
