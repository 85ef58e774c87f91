"use client";
import { apiClient } from "@/lib/api/client";
import type { ItemKind } from "@/lib/canonical/item-codes";
import { useHub } from "../shell/hub-context";
import { CsvImport } from "../table/csv-import";
import { ImportEffects } from "../table/import-effects";
import { Pick } from "../ui/pick";
import { plural } from "../ui/plural";
import { kindWords, waitingWords } from "./item-words";
import { releasedWords, type useSaveItems } from "./use-items";

interface DialogProps {
	kind: ItemKind;
	merchantId: string;
	carts: { id: string; name: string }[];
	saving: ReturnType<typeof useSaveItems>;
}

const columns: Record<ItemKind, string> = {
	mapping: "Cart code, Warehouse SKU",
	alias: "Type, Code, Warehouse SKU",
	kit: "Kit, Parts, and if you like: Sent as, Cart is told",
};

/** Mappings of one cart, aliases or kits from a file. */
export function ImportDialog({ kind, merchantId, carts, saving }: DialogProps) {
	const { account } = useHub();
	const words = kindWords[kind];
	return (
		<CsvImport
			heading={`Import ${words.many}`}
			about={`A CSV file with the columns ${columns[kind]}, as the export writes it.`}
			choices={carts[0]?.id ?? ""}
			fields={(cart, choose) =>
				kind === "mapping" && (
					<Pick
						label="Cart"
						value={cart}
						options={carts.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={choose}
					/>
				)
			}
			send={({ text, choices, apply }) =>
				apiClient.items.importFile({
					...{ accountId: account.id, merchantId, kind, text, apply },
					...(kind === "mapping" && { connectionId: choices }),
				})
			}
			saveWords={({ counts }) => {
				const good = counts.new + counts.change;
				return good === 0 ? null : `Save ${plural(good, words.one, words.many)}`;
			}}
			show={(result) => (
				<ImportEffects result={result} effects={result.effects}>
					{result.counts.new + result.counts.change > 0 && waitingWords(result.waiting)}
				</ImportEffects>
			)}
			onSaved={({ changeId, saved, released }) =>
				saving.settled({
					changeId,
					sentence: `${plural(saved, words.one, words.many)} saved. ${releasedWords(released)}`,
				})
			}
		/>
	);
}
