"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api, apiClient } from "@/lib/api/client";
import type { carrierChange, carriersContract } from "@/lib/api/contract/ship-methods";
import type { CarrierDirection } from "@/lib/canonical/ship-method";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { type Column, DataTable } from "../table/data-table";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { CarrierForm } from "./carrier-form";
import { CarrierTry } from "./carrier-try";
import { MethodSaved } from "./method-saved";
import { pairWords } from "./ship-method-words";

type Answer = z.output<NonNullable<(typeof carriersContract.get)["~orpc"]["outputSchema"]>>;
type Row = Answer["rows"][number];
type Change = z.input<typeof carrierChange>;

/** The carriers of one connection: what it says, and what it is told. */
export function CarrierTables({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const mayWrite = useMay("connections:write");
	const [done, setDone] = useState<{ sentence: string; undo: Change[] | null } | null>(null);
	const found = useQuery(
		api.carriers.get.queryOptions({
			input: { accountId: account.id, connectionId },
			placeholderData: keepPreviousData,
		}),
	);
	const save = useMutation({
		mutationFn: ({ changes }: { changes: Change[]; undone?: true }) =>
			apiClient.carriers.save({ accountId: account.id, connectionId, changes }),
		onSuccess: async ({ saved, undo }, { undone }) => {
			const sentence = undone
				? "Taken back: it is as it was before."
				: `${plural(saved, "carrier")} saved. Tracking that is sent from now on carries the new name; send older tracking again from its order.`;
			setDone({ sentence, undo: undone ? null : undo });
			await queries.invalidateQueries({ queryKey: api.carriers.key() });
		},
	});
	if (found.isError) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <SkeletonPage label="carriers" />;
	const { connection, rows } = found.data;
	const isWarehouse = connection.side === "destination";
	const tables: { direction: CarrierDirection; title: string; about: string }[] = isWarehouse
		? [
				{
					direction: "in",
					title: `What ${connection.name} ships with`,
					about: "Its carriers appear with its shipments, and pass through until they are mapped.",
				},
				{
					direction: "out",
					title: `What ${connection.name} is asked for`,
					about: "Where it calls a carrier or service of a ship method otherwise.",
				},
			]
		: [
				{
					direction: "out",
					title: `What ${connection.name} is told`,
					about: "Where this cart wants another word than ours.",
				},
			];
	return (
		<>
			<MethodSaved
				done={done}
				error={null}
				isPending={save.isPending}
				onUndo={(changes) => save.mutate({ changes, undone: true })}
			/>
			{save.error && <ErrorPanel error={save.error} />}
			{tables.map(({ direction, title, about }) => (
				<Section key={direction} title={title} about={about} bare>
					<DataTable
						label={title}
						columns={columnsOf({ direction, isWarehouse, mayWrite, save: (changes) => save.mutate({ changes }) })}
						rows={rows.filter((row) => row.direction === direction)}
						rowId={({ id }) => id}
						empty={
							<EmptyState kind="nothing" title={direction === "in" ? "Nothing has shipped yet" : "Nothing is renamed"}>
								{direction === "in" ? "A carrier can be typed ahead." : "All words pass as they are."}
							</EmptyState>
						}
					/>
					{mayWrite && (
						<div className="mt-2">
							<CarrierForm
								label={direction === "in" ? "Type a carrier ahead" : "Add a carrier"}
								from={null}
								to={null}
								onSave={(from, to) => save.mutate({ changes: [{ direction, from, to }] })}
							/>
						</div>
					)}
				</Section>
			))}
			{isWarehouse && <CarrierTry connectionId={connectionId} />}
		</>
	);
}

interface Given {
	direction: CarrierDirection;
	isWarehouse: boolean;
	mayWrite: boolean;
	save: (changes: Change[]) => void;
}

function columnsOf({ direction, isWarehouse, mayWrite, save }: Given): Column<Row>[] {
	const change = ({ id, from, to, twoWay }: Row): Change => ({ id, direction, from, to, twoWay });
	return [
		{ id: "from", label: direction === "in" ? "It says" : "Ours", cell: (row) => <code>{pairWords(row.from)}</code> },
		{
			id: "to",
			label: direction === "in" ? "Becomes ours" : "It is told",
			narrow: "detail",
			cell: (row) =>
				mayWrite ? (
					<CarrierForm
						label={`${pairWords(row.from)} becomes`}
						from={row.from}
						to={row.to}
						onSave={(_, to) => save([{ ...change(row), to }])}
					/>
				) : row.to ? (
					pairWords(row.to)
				) : (
					"Passes through"
				),
		},
		...(direction === "in"
			? [
					{
						id: "receives",
						label: "The cart will receive",
						narrow: "detail" as const,
						cell: (row: Row) =>
							row.receives.map(({ cart, carrier, service }) => (
								<span key={cart} className="block whitespace-normal">
									<code>{pairWords({ carrier, service }) || "nothing"}</code>{" "}
									<span className="text-[12px] text-muted">{cart}</span>
								</span>
							)),
					},
					{
						id: "shipments",
						label: "Shipments, 30 days",
						align: "end" as const,
						cell: (row: Row) => row.shipments.toLocaleString("en"),
					},
				]
			: []),
		...(mayWrite
			? [
					{
						id: "more",
						label: "Change",
						align: "end" as const,
						narrow: "detail" as const,
						cell: (row: Row) => (
							<span className="flex justify-end gap-1">
								{isWarehouse && row.to && (
									<Button
										size="sm"
										variant="ghost"
										aria-label={`${row.twoWay ? "One way" : "Both ways"}, ${pairWords(row.from)}`}
										onPress={() => save([{ ...change(row), twoWay: !row.twoWay }])}
									>
										{row.twoWay ? "Both ways" : "One way"}
									</Button>
								)}
								<Button
									size="sm"
									variant="ghost"
									aria-label={`Remove ${pairWords(row.from)}`}
									onPress={() => save([{ ...change(row), remove: true }])}
								>
									Remove
								</Button>
							</span>
						),
					},
				]
			: []),
	];
}
