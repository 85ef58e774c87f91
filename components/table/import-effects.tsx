"use client";
import { Button } from "@heroui/react";
import type { ReactNode } from "react";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";

/** What the API answers to a file, whether it was applied or only looked at. */
export interface ImportResult {
	counts: { new: number; same: number; refused: number; change?: number; remove?: number };
	/** The rows that cannot be used, as a file with their reasons. */
	refusedFile: string | null;
}

const effectWords = { new: "New", change: "Changed", same: "As it is", remove: "Removed", refused: "Refused" } as const;
const shown = 100;

interface ImportEffectsProps {
	result: ImportResult;
	effects: EffectTableProps["effects"];
	/** What saving it would mean beyond the file. */
	children?: ReactNode;
}

/** What a file would do: in sum, and row by row. */
export function ImportEffects({ result: { counts, refusedFile }, effects, children }: ImportEffectsProps) {
	const { change, remove } = counts;
	const parts = [
		`${plural(counts.new, "row is", "rows are")} new`,
		...(change === undefined ? [] : [`${change} changed`]),
		`${counts.same} as now`,
		...(remove ? [`${remove} removed`] : []),
		`${counts.refused} refused`,
	];
	return (
		<>
			<Notice
				tone={counts.refused > 0 ? "look" : "done"}
				live
				title={`${parts.join(", ")}.`}
				action={
					refusedFile !== null && (
						<Button size="sm" variant="outline" onPress={() => download(refusedFile)}>
							Download refused rows
						</Button>
					)
				}
			>
				{children}
			</Notice>
			<EffectTable effects={effects} />
		</>
	);
}

interface EffectTableProps {
	/** Refused ones first. */
	effects: { line: number; effect: keyof typeof effectWords; sentence: string }[];
}

/** Line by line what a file would do. */
function EffectTable({ effects }: EffectTableProps) {
	return (
		<>
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<section className="card-frame max-h-80 overflow-auto" tabIndex={0} aria-label="What each row does">
				<table className="w-full text-[13px]">
					<caption className="sr-only">What each row does</caption>
					<thead>
						<tr className="border-separator border-b text-[12px] text-muted">
							<th scope="col" className="px-3 py-1.5 text-end font-medium">
								Line
							</th>
							<th scope="col" className="px-3 py-1.5 text-left font-medium">
								Effect
							</th>
							<th scope="col" className="px-3 py-1.5 text-left font-medium">
								Row
							</th>
						</tr>
					</thead>
					<tbody>
						{effects.slice(0, shown).map(({ line, effect, sentence }) => (
							<tr key={line} className="border-separator border-b last:border-b-0">
								<td className="num px-3 py-1.5 text-end">{line}</td>
								<td className={`px-3 py-1.5 ${effect === "refused" ? "font-medium text-danger" : ""}`}>
									{effectWords[effect]}
								</td>
								<td className="break-words px-3 py-1.5">{sentence}</td>
							</tr>
						))}
					</tbody>
				</table>
			</section>
			{effects.length > shown && <p className="text-[12px] text-muted">The first {shown} rows, refused ones first.</p>}
		</>
	);
}

function download(text: string): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
	link.download = "refused-rows.csv";
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
