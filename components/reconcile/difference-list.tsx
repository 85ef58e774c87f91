"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { difference } from "@/lib/api/contract/reconcile";
import { type DifferenceKind, differenceKinds, fixOf } from "@/lib/canonical/difference";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { type Column, DataTable } from "../table/data-table";
import { ExportButton } from "../table/export-button";
import { Choice } from "../table/filters";
import { Pager } from "../table/pager";
import { ConfirmButton } from "../ui/confirm-button";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { Time } from "../ui/time";
import { consequences } from "./reconcile-words";
import { useFix } from "./use-fix";

type Difference = z.output<typeof difference>;

interface DifferenceListProps {
	connectionId: string;
	kind: DifferenceKind | null;
	anyOpen: boolean;
}

/** The differences one by one, each with its button; and those that are gone. */
export function DifferenceList({ connectionId, kind, anyOpen }: DifferenceListProps) {
	const { account } = useHub();
	const [show, setShow] = useState<"open" | "gone">(anyOpen ? "open" : "gone");
	const [pages, setPages] = useState<{ before: string[]; after: string | null }>({ before: [], after: null });
	const list = useQuery(
		api.reconcile.differences.queryOptions({
			input: {
				...{ accountId: account.id, connectionId, show, limit: 50 },
				kind: (show === "open" && kind) || undefined,
				after: pages.after ?? undefined,
			},
			placeholderData: keepPreviousData,
			refetchInterval: 4_000,
		}),
	);
	const rows = list.data?.items;
	if (!anyOpen && show === "gone" && rows?.length === 0) return null;
	return (
		<Section
			bare
			title={show === "open" ? "Differences" : "Gone"}
			about={kind && show === "open" ? differenceKinds[kind].title : undefined}
			actions={
				<>
					<ExportButton
						size="sm"
						files={[
							{
								label: "Differences",
								path: `connections/${connectionId}/differences/export`,
								query: { show, kind: (show === "open" && kind) || undefined },
							},
						]}
						isEmpty={rows?.length === 0}
					/>
					<Choice
						label="Which differences"
						any="Open"
						value={show === "open" ? null : show}
						options={[{ value: "gone", label: "Gone in the last 30 days" }]}
						onChange={(value) => {
							setPages({ before: [], after: null });
							setShow(value === "gone" ? "gone" : "open");
						}}
					/>
				</>
			}
		>
			{list.isError && <ErrorPanel error={list.error} retry={() => void list.refetch()} />}
			<DataTable
				label="Differences"
				columns={columnsOf(connectionId, show)}
				rows={rows}
				rowId={(row) => row.id}
				empty={<EmptyState kind="nothing" title={show === "open" ? "Everything agrees" : "Nothing was mended yet"} />}
			/>
			{(list.data?.next || pages.after) && (
				<Pager
					{...pages}
					next={list.data?.next ?? null}
					shown={plural(rows?.length ?? 0, "difference")}
					onTurn={(before, after) => setPages({ before, after })}
				/>
			)}
		</Section>
	);
}

function columnsOf(connectionId: string, show: "open" | "gone"): Column<Difference>[] {
	const at: Column<Difference> =
		show === "open"
			? { id: "since", label: "Since", narrow: "detail", align: "end", cell: (row) => <Time at={row.firstSeenAt} /> }
			: { id: "gone", label: "Gone", narrow: "detail", align: "end", cell: (row) => <Time at={row.goneAt} /> };
	return [
		{ id: "label", label: "Order or SKU", cell: (row) => <Subject row={row} /> },
		{
			id: "sentence",
			label: "What differs",
			narrow: "detail",
			cell: (row) => <span className="whitespace-normal">{row.sentence}</span>,
		},
		{ id: "rounds", label: "Comparisons", align: "end", cell: (row) => row.rounds.toLocaleString("en") },
		at,
		...(show === "open"
			? [
					{
						id: "fix",
						label: "What to do",
						narrow: "status" as const,
						align: "end" as const,
						cell: (row: Difference) => <Fix row={row} connectionId={connectionId} />,
					},
				]
			: []),
	];
}

function Subject({ row }: { row: Difference }) {
	const href = useHref();
	if (!row.order) return <span className="font-medium">{row.label}</span>;
	return (
		<Link href={href(`orders/${row.order.id}`)} className="font-medium text-foreground hover:underline">
			{row.label}
		</Link>
	);
}

function Fix({ row, connectionId }: { row: Difference; connectionId: string }) {
	const { account } = useHub();
	const href = useHref();
	const mayFix = useMay("orders:write");
	const fix = useFix();
	const button = fixOf(row.kind);
	if (fix.error) return <ErrorPanel error={fix.error} />;
	if (row.fixAskedAt && row.fixAskedAt >= row.lastSeenAt)
		return (
			<span className="text-[13px] text-muted">
				Asked <Time at={row.fixAskedAt} />
			</span>
		);
	const mend = () => fix.mutate({ accountId: account.id, connectionId, kind: row.kind, differenceId: row.id });
	if (button && mayFix && (button.action === "cancel" || button.action === "cancel-here"))
		return (
			<ConfirmButton
				size="sm"
				label={button.label}
				heading={`Cancel order ${row.label}?`}
				isPending={fix.isPending}
				onConfirm={mend}
			>
				{consequences[button.action]}
			</ConfirmButton>
		);
	if (button && mayFix)
		return (
			<Button
				size="sm"
				variant="outline"
				isPending={fix.isPending}
				aria-label={`${button.label}: ${row.label}`}
				onPress={mend}
			>
				{button.label}
			</Button>
		);
	if (row.order)
		return (
			<Link href={href(`orders/${row.order.id}`)} className="text-[13px] text-accent hover:underline">
				Open the order
			</Link>
		);
	return row.kind === "left-out" ? (
		<Link href={href(`connections/${connectionId}?tab=settings`)} className="text-[13px] text-accent hover:underline">
			Open the settings
		</Link>
	) : null;
}
