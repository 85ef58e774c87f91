"use client";
import { Button } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useEffect } from "react";
import type { z } from "zod";
import { api, apiClient } from "@/lib/api/client";
import type { bulkOperation } from "@/lib/api/contract/bulk";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { Progress } from "../ui/progress";
import { bulkDone, bulkLabels } from "./bulk-words";

type Bulk = z.output<typeof bulkOperation>;

/** How far an operation is, or how it ended. It goes on when the page is left, and its address shows it again. */
export function BulkProgress({
	bulkId,
	onUndo,
	onClose,
}: {
	bulkId: string;
	onUndo: (bulkId: string) => void;
	onClose: () => void;
}) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const queries = useQueryClient();
	const one = { accountId: account.id, bulkId };
	const found = useQuery({
		...api.bulk.get.queryOptions({ input: one }),
		refetchInterval: ({ state }) => (state.data?.endedAt ? false : 700),
	});
	const stop = useMutation({ mutationFn: () => apiClient.bulk.stop(one) });
	const undo = useMutation({ mutationFn: () => apiClient.bulk.undo(one), onSuccess: ({ id }) => onUndo(id) });
	const endedAt = found.data?.endedAt ?? null;
	useEffect(() => {
		if (endedAt) void queries.invalidateQueries({ queryKey: api.orders.key() });
	}, [endedAt, queries]);
	if (found.error) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	const bulk = found.data;
	if (!bulk) return null;
	if (!bulk.endedAt)
		return (
			<div className="flex items-end gap-4">
				<div className="flex-1">
					<p className="mb-1.5 text-[13px]">{bulkLabels[bulk.verb]}</p>
					<Progress done={bulk.done} total={bulk.total} of="orders" startedAt={new Date(bulk.createdAt)} />
				</div>
				{mayWrite && (
					<Button
						size="sm"
						variant="outline"
						isPending={stop.isPending || stop.isSuccess}
						onPress={() => stop.mutate()}
					>
						Stop
					</Button>
				)}
			</div>
		);
	return (
		<div>
			{undo.error && <ErrorPanel error={undo.error} />}
			<Ended bulk={bulk} onClose={onClose} undo={bulk.undoable && mayWrite ? () => undo.mutate() : null} />
		</div>
	);
}

function Ended({ bulk, undo, onClose }: { bulk: Bulk; undo: (() => void) | null; onClose: () => void }) {
	const href = useHref();
	const rest = bulk.total - bulk.done;
	return (
		<Notice
			tone={bulk.problems.length > 0 || rest > 0 ? "look" : "done"}
			title={`${plural(bulk.changed, "order")} ${bulkDone[bulk.verb]}`}
			live
			action={
				<>
					{undo && (
						<Button size="sm" variant="outline" onPress={undo}>
							Undo
						</Button>
					)}
					<Button size="sm" variant="ghost" onPress={onClose}>
						Close
					</Button>
				</>
			}
		>
			{rest > 0 && <p>Stopped: {plural(rest, "order")} not looked at.</p>}
			{bulk.stayed > 0 && <p>For {plural(bulk.stayed, "order")} there was nothing to do.</p>}
			{bulk.problems.length > 0 && (
				<ul className="max-h-60 list-inside list-disc overflow-y-auto">
					{bulk.problems.map(({ id, number, sentence }) => (
						<li key={id}>
							<Link href={href(`orders/${id}`)} className="text-accent underline">
								{number}
							</Link>{" "}
							{sentence}
						</li>
					))}
				</ul>
			)}
		</Notice>
	);
}
