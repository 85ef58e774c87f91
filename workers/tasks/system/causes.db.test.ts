import { beforeEach, describe, expect, it } from "vitest";
import type { AlertSide } from "@/lib/canonical/alert";
import { systemPool } from "@/lib/db/pools";
import { systemTransaction } from "@/lib/db/system";
import type { ErrorCode } from "@/lib/errors/codes";
import { raiseUnmapped } from "@/lib/flow/prepare/ship-methods/unmapped";
import { causeKinds } from "@/lib/flow/run/alert-causes";
import { raiseAlerts } from "@/lib/flow/run/alerts";
import { alertSources } from "@/lib/testing/alert-sources";
import { testDatabase } from "@/lib/testing/database";
import {
	insertDelivery,
	insertDifference,
	insertLine,
	insertRefusedCancellation,
	insertUntoldShipment,
} from "@/lib/testing/order-rows";
import { createTestPerson } from "@/lib/testing/people";
import { insertRefusedReceipt } from "@/lib/testing/purchase-orders";
import { setFigure, setUploadMode } from "@/lib/testing/stock-rows";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { after as later } from "@/lib/time";
import { notify } from "./notify";
import { watch } from "./watch";

testDatabase();

let tenant: TestTenant;
let things: Things;
let warehouseId: string;
const now = new Date();
beforeEach(async () => {
	tenant = await createTestTenant();
	things = await createThings(tenant);
	warehouseId = things.warehouseId;
	await sql(`update "Connection" set "name" = 'Depot', "connectorKey" = 'extensiv-3pl' where "id" = $1`, [warehouseId]);
	await sql(`update "Alert" set "resolvedAt" = now()`);
});

const sql = async (text: string, values: unknown[] = []) => (await systemPool().query(text, values)).rows;
const order = (set: string) => sql(`update "Order" set ${set} where "id" = $1`, [things.orderId]);
const problem = "SKU TEE is unknown";
const inError = (code: string) => order(`"status" = 'error', "problemCode" = '${code}', "problem" = '${problem}'`);

async function raise(cause: string, code: ErrorCode, connectionId?: string): Promise<void> {
	const named = { system: "Depot", connection: "Depot", subject: "order 1001", number: "1001" };
	const facts = { ...named, problem, field: "SKU", sku: "TEE" };
	const given = { cause, code, facts, ...(connectionId && { connectionId }) };
	await systemTransaction((tx) => raiseAlerts(tx, tenant, [given], now));
}

const delivery = (cancelState: string) => insertDelivery(things, warehouseId, cancelState);

async function untold(): Promise<void> {
	await order(`"status" = 'shipped', "shippedAt" = now()`);
	await delivery("none");
	await insertUntoldShipment(things, problem);
}

const purchase = (set: string) => sql(`update "PurchaseOrder" set ${set} where "id" = $1`, [things.purchaseOrderId]);

const line = (shipped: number) => insertLine(things, shipped);

interface Case {
	cause: keyof typeof causeKinds;
	code: ErrorCode;
	side: AlertSide;
	sentence: string;
	/** Brings the cause, and the alert with it. */
	comes: () => Promise<unknown>;
	/** Takes the cause away; the alert must follow by itself. */
	goes: () => Promise<unknown>;
	/** Whether the one order waits on it. */
	waits: boolean;
}

const stopped = (code: ErrorCode, side: AlertSide, sentence: string): Case => ({
	...{ cause: "order", code, side, sentence, waits: true },
	comes: async () => {
		await inError(code);
		await raise(`order:${warehouseId}:${code}:x`, code, warehouseId);
	},
	goes: () => order(`"status" = 'at_wms', "deliveredAt" = now(), "problem" = null, "problemCode" = null`),
});

const flagged = (
	code: "purchase-changed" | "over-received",
	side: AlertSide,
	sentence: string,
	column: string,
): Case => ({
	...{ cause: code, code, side, sentence, waits: false },
	comes: () =>
		purchase(`"${column}" = 'open'`).then(() =>
			raise(`${code}:${things.purchaseOrderId}`, code, side === "cart" ? things.connectionId : warehouseId),
		),
	goes: () => purchase(`"${column}" = 'dealt'`),
});

const cases: Case[] = [
	stopped("partner-refused", "warehouse", "Depot refused order 1001: SKU TEE is unknown"),
	stopped("gave-up", "warehouse", "order 1001 was tried for 15 days"),
	stopped("bad-input", "cart", "SKU: SKU TEE is unknown"),
	stopped("unknown-sku", "mapping", "Item code TEE is unknown at Depot"),
	stopped("missing-sku", "cart", "Order 1001 has a line without an item code"),
	{
		...{ cause: "ship-method", code: "unmapped-ship-method", side: "mapping", waits: true },
		sentence: 'its ship method "Ground (ground)" is not mapped.',
		comes: async () => {
			await inError("unmapped-ship-method");
			const which = { connectionId: things.connectionId, codes: ["GROUND"], now };
			await systemTransaction((tx) => raiseUnmapped(tx, tenant, which));
		},
		goes: () => order(`"status" = 'new', "problem" = null, "problemCode" = null`),
	},
	{
		...{ cause: "reconnect", code: "needs-reconnect", side: "warehouse", waits: true },
		sentence: "Depot no longer accepts the access details of Depot.",
		comes: async () => {
			await sql(`update "Connection" set "state" = 'needs_reconnect' where "id" = $1`, [warehouseId]);
			await raise(`reconnect:${warehouseId}`, "needs-reconnect", warehouseId);
		},
		goes: () => sql(`update "Connection" set "state" = 'active' where "id" = $1`, [warehouseId]),
	},
	{
		...{ cause: "reconnect", code: "needs-reconnect", side: "cart", waits: true },
		sentence: "no longer accepts the access details",
		comes: async () => {
			await untold();
			await sql(`update "Connection" set "state" = 'needs_reconnect' where "id" = $1`, [things.connectionId]);
			await raise(`reconnect:${things.connectionId}`, "needs-reconnect", things.connectionId);
		},
		goes: () => sql(`update "Connection" set "archivedAt" = now() where "id" = $1`, [things.connectionId]),
	},
	{
		...{ cause: "tracking", code: "partner-refused", side: "cart", waits: true, sentence: "refused order 1001" },
		comes: async () => {
			await untold();
			await raise(`tracking:${things.connectionId}:partner-refused:x`, "partner-refused", things.connectionId);
		},
		goes: () => sql(`update "Confirmation" set "state" = 'accepted'`),
	},
	{
		...{ cause: "cancel-refused", code: "cancel-refused", side: "warehouse", waits: true },
		sentence: "The warehouse refused to cancel order 1001",
		comes: async () => {
			await order(`"status" = 'at_wms'`);
			await delivery("refused");
			await raise(`cancel-refused:${things.orderId}`, "cancel-refused", warehouseId);
		},
		goes: () => order(`"status" = 'canceled'`),
	},
	{
		...{ cause: "warehouse-canceled", code: "warehouse-canceled", side: "warehouse", waits: true },
		sentence: "The warehouse canceled order 1001, and Depot does not know: SKU TEE is unknown",
		comes: async () => {
			await order(`"status" = 'canceled'`);
			await insertRefusedCancellation(things, problem);
			await raise(`warehouse-canceled:${things.orderId}`, "warehouse-canceled", things.connectionId);
		},
		goes: () => sql(`update "WarehouseCancellation" set "state" = 'dealt'`),
	},
	{
		...{ cause: "changed-after-delivery", code: "changed-after-delivery", side: "cart", waits: true },
		sentence: "Order 1001 was changed in the cart after the warehouse had it",
		comes: async () => {
			await order(`"status" = 'at_wms', "changeState" = 'open'`);
			await raise(`changed-after-delivery:${things.orderId}`, "changed-after-delivery", things.connectionId);
		},
		goes: () => order(`"changeState" = 'dealt'`),
	},
	{
		...{ cause: "over-shipped", code: "over-shipped", side: "warehouse", waits: true },
		sentence: "The warehouse shipped more of order 1001 than was ordered.",
		comes: async () => {
			await line(2);
			await raise(`over-shipped:${things.orderId}`, "over-shipped", warehouseId);
		},
		goes: () => sql(`update "OrderLine" set "shippedQuantity" = 1`),
	},
	{
		...{ cause: "reconcile", code: "differences", side: "warehouse", waits: true },
		sentence: "Depot and Crossdock disagree about order 1001: SKU TEE is unknown.",
		comes: async () => {
			await insertDifference({ ...things, connectionId: warehouseId });
			await raise(`reconcile:${warehouseId}`, "differences", warehouseId);
		},
		goes: () => sql(`update "ReconciliationDifference" set "goneAt" = now()`),
	},
	...(["new", "at_wms", "shipped"] as const).map(
		(status): Case => ({
			...{ cause: "late", code: "late", waits: true, sentence: "Order 1001 of Blue Kettle" },
			side: ({ new: "crossdock", at_wms: "warehouse", shipped: "cart" } as const)[status],
			comes: async () => {
				const past = "now() - interval '5 days'";
				await order(`"status" = '${status}', "createdAt" = ${past}, "deliveredAt" = ${past}, "shippedAt" = ${past}`);
				await watch(now);
			},
			goes: async () => {
				await order(`"status" = 'confirmed'`);
				await watch(now);
			},
		}),
	),
	{
		...{ cause: "no-destination", code: "no-destination", side: "mapping", waits: true },
		sentence: "Blue Kettle has no warehouse connection yet.",
		comes: async () => {
			await sql(`update "Connection" set "archivedAt" = now() where "id" = $1`, [warehouseId]);
			await order(`"createdAt" = now() - interval '1 hour'`);
			await watch(now);
		},
		goes: () => sql(`update "Connection" set "archivedAt" = null where "id" = $1`, [warehouseId]),
	},
	{
		...{ cause: "purchase", code: "partner-refused", side: "warehouse", waits: false, sentence: "refused order 1001" },
		comes: () =>
			purchase(`"problem" = '${problem}', "problemCode" = 'partner-refused', "dueAt" = null`).then(() =>
				raise(`purchase:${warehouseId}:partner-refused:x`, "partner-refused", warehouseId),
			),
		goes: () => purchase(`"problem" = null, "problemCode" = null`),
	},
	{
		...{ cause: "receipt", code: "partner-refused", side: "cart", waits: false, sentence: "refused order 1001" },
		comes: async () => {
			await insertRefusedReceipt({ ...tenant, connectionId: things.connectionId }, { ...things, warehouseId, problem });
			await raise(`receipt:${things.connectionId}:partner-refused:x`, "partner-refused", things.connectionId);
		},
		goes: () => sql(`update "ReceiptUpload" set "state" = 'accepted'`),
	},
	flagged("purchase-changed", "cart", "Purchase order 1001 changed at its source", "changeState"),
	flagged("over-received", "warehouse", "received more for purchase order 1001 than was expected", "overState"),
	{
		...{ cause: "held-stock", code: "held-stock", side: "cart", waits: false },
		sentence: "Inventory is uploaded there more often than once a day.",
		comes: async () => {
			await setUploadMode(things, "automatic");
			await raise(`held-stock:${things.connectionId}`, "held-stock", things.connectionId);
		},
		goes: () => setUploadMode(things, "off"),
	},
	{
		...{ cause: "oversold", code: "oversold", side: "mapping", waits: false, sentence: "TEE is oversold: " },
		comes: async () => {
			await setFigure(things, true);
			await raise(`oversold:${tenant.merchantId}:TEE`, "oversold");
		},
		goes: () => setFigure(things, false),
	},
	{
		...{ cause: "webhook", code: "webhook-off", side: "crossdock", waits: false },
		sentence: "The webhook to hooks.example was switched off",
		comes: async () => {
			await sql(`update "WebhookEndpoint" set "disabledAt" = now() where "id" = $1`, [things.webhookId]);
			const facts = { host: "hooks.example", problem };
			const cause = { cause: `webhook:${things.webhookId}`, code: "webhook-off" as const, facts };
			await systemTransaction((tx) => raiseAlerts(tx, { accountId: tenant.accountId, merchantId: null }, [cause], now));
		},
		goes: () => sql(`update "WebhookEndpoint" set "disabledAt" = null where "id" = $1`, [things.webhookId]),
	},
];

describe("every cause", () => {
	it.each(cases.map((one) => [`${one.cause} (${one.code}, ${one.side})`, one] as const))(
		"%s opens an alert and closes it when it is gone",
		async (_, { cause, code, side, sentence, comes, goes, waits }) => {
			await comes();
			await notify(now);
			const find = () =>
				sql(`select * from "Alert" where "accountId" = $1 and "cause" like $2 order by "id" desc limit 1`, [
					tenant.accountId,
					`${cause}:%`,
				]);
			const [open] = await find();
			expect(open).toMatchObject({ code, side, resolvedAt: null, sentence: expect.stringContaining(sentence) });
			const owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
			const waiting = await owner.call("GET", `/accounts/${tenant.accountId}/alerts/${open.id}/orders`);
			expect(waiting.body.items.map(({ id }: { id: string }) => id)).toEqual(waits ? [things.orderId] : []);
			await goes();
			await notify(later(now, 60_000));
			expect((await find())[0].resolvedAt).not.toBeNull();
			const { body } = await owner.call("GET", `/accounts/${tenant.accountId}/alerts/${open.id}`);
			expect(body.events.map(({ kind }: { kind: string }) => kind)).toEqual(["resolved", "opened"]);
		},
	);

	it("is in the table that says when it is gone, and has a case above", () => {
		const raised = new Set(["tracking", "purchase", "receipt"]);
		for (const text of alertSources())
			for (const [, word = ""] of text.matchAll(/\bcause(?::| =) `([a-z-]+):/g)) raised.add(word);
		expect([...raised].sort()).toEqual(Object.keys(causeKinds).sort());
		expect([...new Set(cases.map(({ cause }) => cause))].sort()).toEqual(Object.keys(causeKinds).sort());
	});
});
