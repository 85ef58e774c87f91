"use client";
import { Button } from "@heroui/react";
import type { z } from "zod";
import { apiClient } from "@/lib/api/client";
import type { orderDetail } from "@/lib/api/contract/orders";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { Time } from "../ui/time";
import { OrderDifferences } from "./order-differences";
import { useOrderVerb } from "./use-order-verb";
import { WarehouseCanceled } from "./warehouse-canceled";

type Order = z.output<typeof orderDetail>;

/** What a person must know before anything else about the order, and what to press. */
export function OrderNotices({ order }: { order: Order }) {
	const href = useHref();
	const refused = order.cancelState === "refused" && order.status !== "canceled";
	return (
		<div className="mb-5 flex flex-col gap-3 empty:hidden">
			{order.erasedAt && (
				<Notice title="The shopper's personal data was erased">
					<Time at={order.erasedAt} />. Wherever it stood you read "erased".
				</Notice>
			)}
			{order.problem && !order.erasedAt && (
				<Notice
					tone={order.status === "error" ? "person" : "look"}
					title={order.problem}
					action={
						order.problemCode === "unmapped-ship-method" && (
							<LinkButton href={href(mappingPath(order))}>Map the ship method</LinkButton>
						)
					}
				>
					{order.problemAction}
				</Notice>
			)}
			{refused && (
				<Notice tone="person" title="The warehouse refused to cancel this order">
					It may still ship. Call the warehouse, or refund when it returns. The journey says why it refused.
				</Notice>
			)}
			{order.backorderedAt && (order.status === "new" || order.status === "at_wms") && (
				<Notice title={order.status === "new" ? "The order waits for stock" : "The rest of the order waits for stock"}>
					{order.lines.flatMap(({ waitsFor }) => waitsFor).join("; ") || "It is looked at now"}. It goes by itself when
					the warehouse counts enough. Waiting since <Time at={order.backorderedAt} />.
				</Notice>
			)}
			{order.warehouseCancellation && <WarehouseCanceled order={order} canceled={order.warehouseCancellation} />}
			{order.held && (order.heldReason || order.heldBy.some((holder) => holder !== "staff")) && (
				<HoldNotice order={order} />
			)}
			{order.differences.length > 0 &&
				!order.erasedAt &&
				(order.editedAt ? <Corrected order={order} /> : <Changed order={order} />)}
		</div>
	);
}

/** The row of the cart's list that the order waits for. */
function mappingPath({ source, shipping }: Order): string {
	return `mappings/ship-methods?cart=${source.id}&q=${encodeURIComponent(shipping.code || shipping.name)}`;
}

function HoldNotice({ order }: { order: Order }) {
	return (
		<Notice
			tone="look"
			title={holdTitle(order)}
			action={
				order.releaseRefusal && (
					<Button size="sm" variant="outline" isDisabled>
						Release
					</Button>
				)
			}
		>
			{order.heldReason && <p>Because: {order.heldReason}</p>}
			{order.heldBy.includes("go-live") && <p>Release it to send this one as a test.</p>}
			{order.releaseRefusal}
		</Notice>
	);
}

function holdTitle({ heldBy }: Order): string {
	const sides = heldBy.filter((holder) => holder === "client" || holder === "staff");
	if (sides.length === 2) return "The client and the warehouse's staff hold this order";
	if (sides[0] === "client") return "The client holds this order";
	if (heldBy.includes("rule") && sides.length === 0) return "A rule holds this order";
	return heldBy.includes("go-live") && sides.length === 0
		? "This order waits until its cart goes live"
		: "The warehouse's staff hold this order";
}

/** A person's correction stands; what the cart says is beside it. */
function Corrected({ order }: { order: Order }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const undo = useOrderVerb(() => apiClient.orderChanges.undoEdit({ accountId: account.id, orderId: order.id }));
	return (
		<Notice
			tone="info"
			title="Corrected by hand"
			action={
				order.can.undoEdit &&
				mayWrite && (
					<Button size="sm" variant="outline" isPending={undo.isPending} onPress={() => undo.mutate(undefined)}>
						Back to the original
					</Button>
				)
			}
		>
			The correction stands: what changes in the cart does not replace it until it is taken back.
			<OrderDifferences differences={order.differences} words={["Here", "In the cart"]} />
			{undo.error && <ErrorPanel error={undo.error} />}
		</Notice>
	);
}

function Changed({ order }: { order: Order }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const deal = useOrderVerb(() => apiClient.orderChanges.dealWithChange({ accountId: account.id, orderId: order.id }));
	return (
		<Notice
			tone={order.changeState === "open" ? "person" : "info"}
			title="Changed in the cart after it was sent"
			action={
				order.can.dealWithChange &&
				mayWrite && (
					<Button size="sm" variant="outline" isPending={deal.isPending} onPress={() => deal.mutate(undefined)}>
						Mark as dealt with
					</Button>
				)
			}
		>
			{changeWords[order.changeState ?? "none"]}
			<OrderDifferences differences={order.differences} words={["At the warehouse", "In the cart"]} />
			{deal.error && <ErrorPanel error={deal.error} />}
		</Notice>
	);
}

const changeWords: Record<string, string> = {
	wanted: "The change goes to the warehouse next.",
	sending: "The warehouse is being told.",
	open: "The warehouse has the order as it was. Tell it, then mark the change as dealt with.",
	dealt: "Somebody dealt with it.",
	none: "It had left by then: nothing is sent.",
};
