import type { z } from "zod";
import type { reconciliation } from "@/lib/api/contract/reconcile";
import {
	type DifferenceKind,
	differenceKinds,
	type FixAction,
	type ReconcileArea,
	reconcileAreas,
} from "@/lib/canonical/difference";
import { plural } from "../ui/plural";

export type Round = z.output<typeof reconciliation>;

export const areaWords: Record<ReconcileArea, { title: string; one: string }> = {
	orders: { title: "Orders", one: "order" },
	shipments: { title: "Shipments", one: "shipment" },
	stock: { title: "Stock", one: "stock figure" },
};

/** "120 orders, 3 shipments"; what was not compared is left out. */
export function comparedWords(compared: Round["compared"]): string {
	const words = reconcileAreas.filter((area) => compared[area] > 0);
	return words.map((area) => plural(compared[area], areaWords[area].one)).join(", ") || "nothing";
}

/** "2 not loaded, 1 cart not told"; or that all agreed. */
export function kindsWords(kinds: Round["kinds"]): string {
	const words = (Object.keys(differenceKinds) as DifferenceKind[]).flatMap((kind) =>
		kinds[kind] ? [`${kinds[kind].toLocaleString("en")} ${differenceKinds[kind].title.toLowerCase()}`] : [],
	);
	return words.join(", ") || "Everything agreed";
}

/** How many of an area differ. */
export function differingIn(area: ReconcileArea, open: { kind: DifferenceKind; count: number }[]): number {
	return open.reduce((sum, { kind, count }) => (differenceKinds[kind].area === area ? sum + count : sum), 0);
}

/** What pressing the button does, said before it is done. */
export const consequences = {
	pull: "Each is read from the cart now and taken by the same rules as in a download.",
	cancel: "Each is stopped here, and the warehouse is asked to cancel what it has. That cannot be taken back.",
	"resend-tracking": "The cart is told again; what it knows already is looked for first.",
	"send-again": "Each is looked for once more at the warehouse, and sent only if it is not there.",
	"fetch-shipments": "The shipments of the last 30 days are read again; what is known already stays as it is.",
	"cancel-here": "Each is marked canceled here. The warehouse is not asked.",
	"read-stock": "The whole stock is read again, and the carts are told what changed.",
} as const satisfies Record<FixAction, string>;
