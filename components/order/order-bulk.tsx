"use client";
import { Button } from "@heroui/react";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { type BulkChoice, type BulkVerb, bulkMost } from "@/lib/api/contract/bulk";
import { useMay } from "../shell/hub-context";
import { BulkBar } from "../table/bulk-bar";
import { BulkDialog } from "./bulk-dialog";
import { BulkProgress } from "./bulk-progress";
import { bulkButtons, bulkLabels } from "./bulk-words";
import type { OrderRow } from "./order-columns";

interface OrderBulkProps {
	orders: OrderRow[];
	selected: Set<string>;
	clear: () => void;
	/** What the list is narrowed to, for "all that match". */
	filter: NonNullable<BulkChoice["filter"]>;
	/** There are more orders than this page shows. */
	hasMore: boolean;
}

/** The operation that the page's address names: how far it is, or how it ended. */
export function OrderBulkStatus() {
	const [bulkId, setBulkId] = useQueryState("bulk", parseAsString);
	if (!bulkId) return null;
	return (
		<div className="mb-3">
			<BulkProgress bulkId={bulkId} onUndo={setBulkId} onClose={() => void setBulkId(null)} />
		</div>
	);
}

/** Verbs on many orders at once: a preview first, then a worker does them while anybody may look on. */
export function OrderBulk({ orders, selected, clear, filter, hasMore }: OrderBulkProps) {
	const mayWrite = useMay("orders:write");
	const [, setBulkId] = useQueryState("bulk", parseAsString);
	const [verb, setVerb] = useState<BulkVerb | null>(null);
	const [all, setAll] = useState(false);
	const ids = orders.filter(({ id }) => selected.has(id)).map(({ id }) => id);
	const whole = all && hasMore;
	const end = () => {
		setAll(false);
		clear();
	};
	return (
		<>
			{mayWrite && (
				<BulkBar count={ids.length} noun={["order", "orders"]} onClear={end}>
					{hasMore && (ids.length > 1 || whole) && (
						<Button size="sm" variant="ghost" onPress={() => setAll(!all)}>
							{whole ? "Only those selected" : `All that match, up to ${bulkMost.toLocaleString("en")}`}
						</Button>
					)}
					{bulkButtons.map((known) => (
						<Button key={known} size="sm" variant="outline" onPress={() => setVerb(known)}>
							{bulkLabels[known]}
						</Button>
					))}
				</BulkBar>
			)}
			{verb && (
				<BulkDialog
					choice={
						whole ? { verb, reason: "", shipping: "", filter } : { verb, reason: "", shipping: "", orderIds: ids }
					}
					onClose={() => setVerb(null)}
					onStarted={(id) => {
						setVerb(null);
						end();
						void setBulkId(id);
					}}
				/>
			)}
		</>
	);
}
