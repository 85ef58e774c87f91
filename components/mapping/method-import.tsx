"use client";
import { apiClient } from "@/lib/api/client";
import { useHub } from "../shell/hub-context";
import { CsvImport } from "../table/csv-import";
import { ImportEffects } from "../table/import-effects";
import { plural } from "../ui/plural";
import { effectWords, releasedWords } from "./ship-method-words";
import type { SavedMethods } from "./use-ship-methods";

interface MethodImportProps {
	connectionId: string;
	settled: (words: SavedMethods) => Promise<void>;
}

const about =
	'A CSV file as the export writes it: Code, Becomes ("mapped", "passed through" or "not mapped"), Carrier, Service, and conditions if you like.';

/** Mappings of ship methods from a file. */
export function MethodImport({ connectionId, settled }: MethodImportProps) {
	const { account } = useHub();
	return (
		<CsvImport
			heading="Import ship methods"
			about={about}
			choices={null}
			send={({ text, apply }) => apiClient.shipMethods.importFile({ accountId: account.id, connectionId, text, apply })}
			saveWords={({ counts }) => {
				const good = counts.new + counts.change;
				return good === 0 ? null : `Save ${plural(good, "row")}`;
			}}
			show={(result) => (
				<ImportEffects result={result} effects={result.rows}>
					{result.counts.new + result.counts.change > 0 && effectWords(result.effect)}
				</ImportEffects>
			)}
			onSaved={({ saved, released, undo }) =>
				settled({ sentence: `${plural(saved, "mapping")} saved. ${releasedWords(released)}`, undo })
			}
		/>
	);
}
