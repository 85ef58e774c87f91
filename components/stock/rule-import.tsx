"use client";
import { apiClient } from "@/lib/api/client";
import { useHub } from "../shell/hub-context";
import { CsvImport } from "../table/csv-import";
import { ImportEffects } from "../table/import-effects";
import { plural } from "../ui/plural";
import { changeWords, type useStockRules } from "./use-stock-rules";

interface ImportProps {
	merchantId: string;
	state: ReturnType<typeof useStockRules>;
}

/** Stock rules of single SKUs from a file. */
export function RuleImport({ merchantId, state }: ImportProps) {
	const { account } = useHub();
	return (
		<CsvImport
			heading="Import rules of single SKUs"
			about="A CSV file with the columns SKU, Cart, Safety stock and Cap, as the export writes it."
			choices={null}
			send={({ text, apply }) => apiClient.stockRules.importFile({ accountId: account.id, merchantId, text, apply })}
			saveWords={({ counts }) => {
				const good = counts.new + counts.change;
				return good === 0 ? null : `Save ${plural(good, "rule")}`;
			}}
			show={(result) => (
				<ImportEffects result={result} effects={result.effects}>
					{changeWords(result.changes)}
				</ImportEffects>
			)}
			onSaved={({ changeId, saved }) =>
				state.settled({ changeId, sentence: `${plural(saved, "rule")} saved. The carts are told what changes.` })
			}
		/>
	);
}
