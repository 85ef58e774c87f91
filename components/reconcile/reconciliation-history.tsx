"use client";
import { triggerWords } from "@/lib/canonical/state-words";
import { type Column, DataTable } from "../table/data-table";
import { Section } from "../ui/section";
import { Time } from "../ui/time";
import { duration } from "../ui/time-words";
import { comparedWords, kindsWords, type Round } from "./reconcile-words";

/** The comparisons of the last 30 days, newest first. */
export function ReconciliationHistory({ history }: { history: Round[] }) {
	return (
		<Section bare title="Comparisons" about="Those of the last 30 days.">
			<DataTable label="Comparisons" columns={columns} rows={history} rowId={(round) => round.id} empty={null} />
		</Section>
	);
}

const columns: Column<Round>[] = [
	{ id: "started", label: "Started", cell: (round) => <Time at={round.startedAt} /> },
	{ id: "trigger", label: "Started by", cell: (round) => triggerWords[round.trigger] },
	{ id: "compared", label: "Compared", narrow: "detail", cell: (round) => comparedWords(round.compared) },
	{
		id: "differed",
		label: "Differed",
		narrow: "status",
		cell: (round) => (round.state === "stopped" ? "Stopped before its end" : kindsWords(round.kinds)),
	},
	{
		id: "took",
		label: "Took",
		align: "end",
		cell: (round) => (round.endedAt ? duration(Date.parse(round.endedAt) - Date.parse(round.startedAt)) : "–"),
	},
];
