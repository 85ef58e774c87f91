"use client";
import { Button } from "@heroui/react";
import { useMay } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { Time } from "../ui/time";
import type { ShownFilters } from "./filter-words";
import type { useFilters } from "./use-filters";

interface HistoryProps {
	history: ShownFilters["history"];
	current: number;
	restore: ReturnType<typeof useFilters>["restore"];
}

/** Every saving, the latest first; each can be put back. */
export function FilterHistory({ history, current, restore }: HistoryProps) {
	const mayWrite = useMay("connections:write");
	if (history.length === 0) return null;
	return (
		<Section title="Changes" about="Each saving of these filters. Putting one back is a saving of its own.">
			<ul className="flex flex-col text-[13px]">
				{history.map(({ version, at, byName, note, ...counts }) => (
					<li
						key={version}
						className="flex flex-wrap items-center gap-x-3 gap-y-1 border-separator border-b py-2 last:border-b-0"
					>
						<span className="min-w-0 flex-1 basis-60">
							<span className="font-medium">Version {version}</span>, {wordsOf(counts)}
							{note && <span className="text-muted"> ({note})</span>}
							<span className="block text-muted">
								{byName || "Crossdock"}, <Time at={at} />
							</span>
						</span>
						{version === current ? (
							<span className="text-muted">In force</span>
						) : (
							mayWrite && (
								<Button
									size="sm"
									variant="outline"
									aria-label={`Put version ${version} back`}
									isPending={restore.isPending && restore.variables === version}
									onPress={() => restore.mutate(version)}
								>
									Put back
								</Button>
							)
						)}
					</li>
				))}
			</ul>
		</Section>
	);
}

function wordsOf(counts: { orderFilters: number; tagRules: number; itemCodes: number }): string {
	const parts = [
		counts.orderFilters > 0 && plural(counts.orderFilters, "order filter"),
		counts.tagRules > 0 && plural(counts.tagRules, "tag"),
		counts.itemCodes > 0 && plural(counts.itemCodes, "item code"),
	].filter(Boolean);
	return parts.join(", ") || "no filters";
}
