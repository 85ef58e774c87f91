"use client";
import { apiClient } from "@/lib/api/client";
import type { ItemFilter } from "@/lib/canonical/filters";
import { useHub } from "../shell/hub-context";
import { CsvImport } from "../table/csv-import";
import { ImportEffects } from "../table/import-effects";
import { Pick } from "../ui/pick";
import { plural } from "../ui/plural";
import type { useFilters } from "./use-filters";

interface ImportProps {
	connectionId: string;
	items: ItemFilter;
	version: number;
	onSaved: ReturnType<typeof useFilters>["settled"];
}
interface Choices {
	mode: "add" | "replace";
	type: "whitelist" | "blacklist";
}

const about =
	"A CSV file with the column Item code, as the export writes it. Write (blank) for lines without an item code.";

/** Item codes of a filter from a file. What kind of list they are is asked where there is none yet. */
export function ItemFilterImport({ connectionId, items, version, onSaved }: ImportProps) {
	const { account } = useHub();
	const isNew = items.type === "disabled";
	const start: Choices = { mode: "add", type: "blacklist" };
	return (
		<CsvImport
			heading="Import item codes"
			button="Import codes"
			about={about}
			choices={start}
			fields={(choices, choose) => (
				<>
					{isNew && (
						<Pick
							label="The codes are a"
							value={choices.type}
							options={[
								{ value: "blacklist", label: "Blacklist: all but these items" },
								{ value: "whitelist", label: "Whitelist: only these items" },
							]}
							onChange={(type) => choose({ ...choices, type: type === "whitelist" ? "whitelist" : "blacklist" })}
						/>
					)}
					<Pick
						label="What there is"
						value={choices.mode}
						options={[
							{ value: "add", label: "Stays: the file's codes are added" },
							{ value: "replace", label: "Goes: the file's codes take its place" },
						]}
						onChange={(mode) => choose({ ...choices, mode: mode === "replace" ? "replace" : "add" })}
					/>
				</>
			)}
			send={({ text, choices: { mode, type }, apply }) =>
				apiClient.filters.importItems({
					...{ accountId: account.id, connectionId, text, mode, apply },
					...(isNew && { type }),
				})
			}
			saveWords={({ counts }) => (counts.new + counts.remove === 0 ? null : "Save the item codes")}
			show={(result) => <ImportEffects result={result} effects={result.effects} />}
			onSaved={async ({ saved, counts }) => {
				if (saved) await onSaved(`${plural(counts.new, "item code")} added, ${counts.remove} removed.`, saved, version);
			}}
		/>
	);
}
