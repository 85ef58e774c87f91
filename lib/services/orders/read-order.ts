import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";
import { destinationOptions } from "@/lib/canonical/connection-options";
import { orderOf } from "@/lib/canonical/order";
import { changesBetween, type OrderChange as OrderDifference } from "@/lib/canonical/order-changes";
import type { WriteState } from "@/lib/canonical/status";
import { trackingLink } from "@/lib/canonical/tracking-link";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type ErrorCode, errorCodes } from "@/lib/errors/codes";
import { workedOnAt } from "@/lib/flow/prepare/working-hours";
import { readRuling } from "../rules/read-ruling";
import { hasRest } from "./change-order";
import type { ConfirmationRow } from "./confirmation-row";
import { type AttemptRow, journeyOf } from "./journey";
import type { EventRow } from "./journey-events";
import { type SummaryRow, summaryColumns, summaryJoins, summaryOf } from "./order-row";
import { readCancellation, shownCancellation } from "./read-cancellation";
import { readShares } from "./read-shares";
import { warehouseOptions } from "./review-order-address";
import { correctedBy, shownAddress } from "./shown-address";
import {
	canOfBackorder,
	hasOpenShare,
	isInFlight,
	type LineRow,
	shareWords,
	shownLine,
	stockWords,
} from "./shown-waiting";
import { askerSide, heldWords, holdersOf, releaseRefusal } from "./side";

export type OrderDetail = z.input<typeof orderDetail>;

interface Row extends SummaryRow {
	sourceId: string;
	problemCode: string | null;
	heldReason: string;
	editedAt: Date | null;
	sourceChangedAt: Date;
	sourceDocument: unknown;
	warehouseOptions: unknown[];
	addressKeptAt: Date | null;
	addressKeptBy: string | null;
	dueAt: Date | null;
	waitsForOpening: boolean;
	erasedAt: Date | null;
	document: Record<string, unknown>;
}
interface DeliveryRow {
	id: string;
	part: number;
	connectionId: string;
	connectionName: string;
	warehouseOptions: unknown;
	key: string;
	state: WriteState;
	externalId: string | null;
	existed: boolean;
	createdAt: Date;
	acceptedAt: Date | null;
	nextTryAt: Date | null;
	problem: string | null;
	runId: string | null;
	cancelState: string;
	handBefore: object | null;
	document: { shipMethod?: { carrier: string; service: string } };
	steps: { step: string; note: string; ok: boolean }[];
}
interface ShipmentRow {
	id: string;
	externalId: string;
	carrier: string;
	service: string;
	shippedAt: Date;
	createdAt: Date;
	overShipped: boolean;
	warehouse: string;
	packages: { trackingNumber: string; trackingUrl: string | null }[] | null;
	lines: { sku: string; quantity: number }[] | null;
}

/** One order with everything that happened to it. Throws `not-found`. */
export async function readOrder(scope: Scope, orderId: string): Promise<OrderDetail> {
	const rows = await transact(scope, (tx) => readRows(tx, scope, orderId));
	const { row, lines, deliveries, shipments, confirmations } = rows;
	const document = orderOf(row.document);
	const summary = summaryOf(row);
	const open = row.status === "new" || row.status === "error";
	const free =
		open && !deliveries.some(({ state }) => state === "sending" || state === "unknown" || state === "accepted");
	const rest =
		hasRest({ ...row, backordered: summary.backordered, hasOpenShare: hasOpenShare(rows.shares) }) &&
		!deliveries.some(isInFlight);
	const address = shownAddress(row, free);
	return {
		...summary,
		sourceId: row.sourceId,
		sourceStatus: document.sourceStatus,
		sourceUrl: document.sourceUrl ?? null,
		problemCode: row.problemCode,
		problemAction: isCode(row.problemCode) ? errorCodes[row.problemCode].action : null,
		heldReason: row.heldReason,
		dueAt: row.dueAt,
		sourceChangedAt: row.sourceChangedAt,
		editedAt: row.editedAt,
		editedBy: correctedBy(row, rows.events),
		addressCheck: address.check,
		differences: row.sourceDocument ? changesBetween(document, orderOf(row.sourceDocument)).map(withoutMark) : [],
		warehouseCancellation: shownCancellation(rows.cancellation),
		rules: rows.rules,
		releaseRefusal: row.heldAt ? releaseRefusal({ ...row, ...rows.asker }) : null,
		warehouses: rows.warehouses,
		erasedAt: row.erasedAt,
		shipTo: document.shipTo,
		billTo: document.billTo ?? null,
		customerEmail: document.customer?.email ?? "",
		shipping: document.shipping,
		note: document.note,
		giftMessage: document.giftMessage,
		backorderedAt: row.backorderedAt,
		lines: lines.map((line) => shownLine(row, line, deliveries)),
		deliveries: deliveries.map(deliveryOf),
		shares: rows.shares,
		shipments: shipments.map((shipment) => shipmentOf(shipment, confirmations)),
		journey: journeyOf({
			order: {
				...row,
				held: row.heldAt !== null,
				heldWords: heldWords(row),
				stockWords: stockWords(row, lines),
				shareWords: shareWords(rows.shares),
			},
			loadedRunId: rows.loadedRunId,
			hasWarehouse: rows.warehouses.length > 0,
			deliveries,
			shipments: shipments.map((shipment) => ({
				...shipment,
				tracking: (shipment.packages ?? []).map(({ trackingNumber }) => trackingNumber).filter(Boolean),
				units: (shipment.lines ?? []).reduce((units, line) => units + line.quantity, 0),
			})),
			confirmations,
			cancellation: rows.cancellation,
			attempts: rows.attempts,
			events: rows.events,
		}),
		can: {
			...canOfBackorder(row, rows, shipments.length > 0),
			hold: (free || rest) && !holdersOf(row).includes(rows.asker.side) && !row.sendingCanceled,
			release: (open || rest) && releaseRefusal({ ...row, ...rows.asker }) === null,
			resend: (open || rest) && row.heldAt === null && !row.sendingCanceled,
			cancelSending: (free || rest) && !row.sendingCanceled,
			enableSending: (open || rest) && row.sendingCanceled,
			resendTracking: confirmations.length > 0,
			edit: free,
			undoEdit: free && row.editedAt !== null,
			...address.can,
			markDelivered: free && row.heldAt === null && rows.warehouses.length > 0,
			undoMark: row.status === "at_wms" && shipments.length === 0 && deliveries.some(({ handBefore }) => handBefore),
			dealWithChange: row.changeState === "open",
			dealWithCancellation: rows.cancellation?.state === "refused",
			pull: row.erasedAt === null,
		},
	};
}

function deliveryOf(delivery: DeliveryRow): OrderDetail["deliveries"][number] {
	const { carrier = "", service = "" } = delivery.document.shipMethod ?? {};
	return {
		id: delivery.id,
		connection: { id: delivery.connectionId, name: delivery.connectionName },
		part: delivery.part,
		number: delivery.key,
		state: delivery.state,
		externalId: delivery.externalId,
		shipMethod: [carrier, service].filter(Boolean).join(" "),
		cancelState: delivery.cancelState,
		byHand: delivery.handBefore !== null,
		steps: delivery.steps,
		worksOn:
			delivery.acceptedAt && workedOnAt(delivery.acceptedAt, destinationOptions.parse(delivery.warehouseOptions)),
	};
}

function shipmentOf(shipment: ShipmentRow, confirmations: ConfirmationRow[]): OrderDetail["shipments"][number] {
	const mine = confirmations.filter(({ shipmentId }) => shipmentId === shipment.id);
	const told = mine.find(({ state }) => state === "accepted");
	const carrier = told?.carrier || shipment.carrier;
	return {
		id: shipment.id,
		externalId: shipment.externalId,
		carrier: shipment.carrier,
		service: shipment.service,
		shippedAt: shipment.shippedAt,
		overShipped: shipment.overShipped,
		packages: (shipment.packages ?? []).map(({ trackingNumber, trackingUrl }) => ({
			trackingNumber,
			trackingUrl: trackingUrl ?? trackingLink(carrier, trackingNumber),
		})),
		toldAs: [told?.carrier, told?.service].filter(Boolean).join(" "),
		lines: shipment.lines ?? [],
		confirmed: mine.length > 0 && mine.every(({ state }) => state === "accepted"),
	};
}

async function readRows(tx: Transaction, scope: Scope, orderId: string) {
	const one = [scope.accountId, orderId];
	const [row] = await tx.sql<Row>(
		`select ${summaryColumns}, o."sourceId", o."problemCode", o."heldReason", o."editedAt", o."sourceChangedAt", o."sourceDocument", ${warehouseOptions} as "warehouseOptions", o."addressKeptAt", o."addressKeptBy", o."dueAt", o."waitsForOpening", o."erasedAt", o."document"
		 from "Order" o ${summaryJoins} where o."accountId" = $1 and o."id" = $2`,
		one,
	);
	if (!row) throw new AppError("not-found", { thing: "order" });
	const lines = await tx.sql<LineRow>(
		`select l."id", l."sku", l."name", l."quantity", l."shippedQuantity", l."waitingQuantity", trim_scale(l."unitPrice")::text as "unitPrice", l."filtered",
		   (select json_agg(to_json(b) order by b."sku") from "BackorderItem" b
		    where b."accountId" = $1 and b."orderId" = $2 and b."lineId" = l."id") as "waits"
		 from "OrderLine" l where l."accountId" = $1 and l."orderId" = $2 order by l."position"`,
		one,
	);
	const deliveries = await tx.sql<DeliveryRow>(
		`select d.*, c."name" as "connectionName", c."options" as "warehouseOptions" from "Delivery" d
		 join "Connection" c on c."accountId" = d."accountId" and c."id" = d."connectionId"
		 where d."accountId" = $1 and d."orderId" = $2 order by d."id"`,
		one,
	);
	const shipments = await tx.sql<ShipmentRow>(
		`select s."id", s."externalId", s."carrier", s."service", s."shippedAt", s."createdAt", s."overShipped", c."name" as "warehouse",
		   (select json_agg(json_build_object('trackingNumber', p."trackingNumber", 'trackingUrl', p."trackingUrl") order by p."position")
		    from "ShipmentPackage" p where p."accountId" = s."accountId" and p."shipmentId" = s."id") as "packages",
		   (select json_agg(json_build_object('sku', l."sku", 'quantity', l."quantity") order by l."position")
		    from "ShipmentLine" l where l."accountId" = s."accountId" and l."shipmentId" = s."id") as "lines"
		 from "Shipment" s join "Connection" c on c."accountId" = s."accountId" and c."id" = s."connectionId"
		 where s."accountId" = $1 and s."orderId" = $2 order by s."id"`,
		one,
	);
	const confirmations = await tx.sql<ConfirmationRow>(
		`select "id", "shipmentId", "state", "createdAt", "acceptedAt", "nextTryAt", "problem", "existed", "runId",
		   "document" ->> 'carrier' as "carrier", "document" ->> 'service' as "service"
		 from "Confirmation" where "accountId" = $1 and "orderId" = $2 order by "id"`,
		one,
	);
	const cancellation = await readCancellation(tx, scope.accountId, { id: orderId, status: row.status });
	const attempts = await tx.sql<AttemptRow>(
		`select a."deliveryId", a."confirmationId", a."cancellationId", a."number", a."startedAt", a."endedAt", a."outcome", a."message", a."exchangeId", a."runId"
		 from "Attempt" a where a."accountId" = $1 and (a."deliveryId" = any($2) or a."confirmationId" = any($3) or a."cancellationId" = $4) order by a."startedAt", a."id"`,
		[scope.accountId, deliveries.map(({ id }) => id), confirmations.map(({ id }) => id), cancellation?.id ?? null],
	);
	const events = await tx.sql<EventRow>(
		`select "id", "at", "kind", "actorType", coalesce("facts" ->> 'by', "actorId") as "actor", "runId", "facts" from "OrderEvent"
		 where "accountId" = $1 and "orderId" = $2 order by "id"`,
		one,
	);
	const [more] = await tx.sql<{ runId: string | null; warehouses: OrderDetail["warehouses"] | null }>(
		`select (select "runId" from "RunRecord" where "accountId" = $1 and "orderId" = $2 and "outcome" = 'created' order by "at" limit 1) as "runId",
		   (select json_agg(json_build_object('id', "id", 'name', "name") order by "name") from "Connection"
		    where "accountId" = $1 and "merchantId" = $3 and "side" = 'destination' and "archivedAt" is null) as "warehouses"`,
		[...one, row.merchantId],
	);
	const loadedRunId = more?.runId ?? null;
	return {
		row,
		lines,
		deliveries,
		shipments,
		confirmations,
		cancellation,
		attempts,
		events,
		loadedRunId,
		warehouses: more?.warehouses ?? [],
		shares: await readShares(tx, scope.accountId, orderId, lines),
		rules: await readRuling(tx, scope.accountId, { ...row, id: orderId }),
		asker: await askerSide(tx, scope),
	};
}

function withoutMark({ field, before, after }: OrderDifference): OrderDetail["differences"][number] {
	return { field, before, after };
}

function isCode(code: string | null): code is ErrorCode {
	return code !== null && code in errorCodes;
}
