"use client";
import { Button } from "@heroui/react";
import type { z } from "zod";
import type { itemsContract } from "@/lib/api/contract/items";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { waitingWords } from "./item-words";

type Result = z.output<NonNullable<(typeof itemsContract.importFile)["~orpc"]["outputSchema"]>>;
const effectWords = { new: "New", change: "Changed", same: "As it is", remove: "Removed", refused: "Refused" } as const;
const shown = 100;

/** What each row of a file would do, refused ones first. */
export function ImportEffects({ result }: { result: Result }) {
	const { counts, effects, refusedFile, waiting } = result;
	return (
		<>
			<Notice
				tone={counts.refused > 0 ? "look" : "done"}
				live
				title={`${plural(counts.new, "row is", "rows are")} new, ${counts.change} changed, ${counts.same} as now, ${counts.refused} refused.`}
				action={
					refusedFile !== null && (
						<Button size="sm" variant="outline" onPress={() => download(refusedFile)}>
							Download refused rows
						</Button>
					)
				}
			>
				{counts.new + counts.change > 0 && waitingWords(waiting)}
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
export function EffectTable({ effects }: EffectTableProps) {
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

export function download(text: string): void {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(new Blob([text], { type: "text/csv" }));
	link.download = "refused-rows.csv";
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
