"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import type { ItemKind, ItemRow } from "@/lib/canonical/item-codes";
import { useHub } from "../shell/hub-context";
import { readProblem } from "../ui/problem";
import { type ItemDraft, keyOfRow, rowOf, waitingWords } from "./item-words";
import type { useSaveItems } from "./use-items";

interface EditorProps {
	kind: ItemKind;
	merchantId: string;
	draft: ItemDraft;
	before: ItemRow | null;
	saving: ReturnType<typeof useSaveItems>;
	close: () => void;
}

/** Save and keep as it is, and before that what saving would do. */
export function ItemEditor({ kind, merchantId, draft, before, saving, close }: EditorProps) {
	const { account } = useHub();
	const wanted = rowOf(kind, draft);
	const row = "row" in wanted ? wanted.row : null;
	const preview = useQuery(
		api.items.preview.queryOptions({
			input: {
				...{ accountId: account.id, merchantId },
				...{ rows: row ? [row] : [], remove: before ? [keyOfRow(before)] : [] },
			},
			enabled: row !== null,
			placeholderData: keepPreviousData,
		}),
	);
	const refused = preview.data?.effects.find(({ effect }) => effect === "refused")?.sentence;
	const problem =
		"problem" in wanted
			? wanted.problem
			: (refused ?? (saving.save.error ? readProblem(saving.save.error).sentence : null));
	return (
		<div className="flex min-w-40 flex-col items-end gap-1">
			<span className="flex gap-1.5">
				<Button
					size="sm"
					isPending={saving.save.isPending}
					isDisabled={row === null || refused !== undefined}
					onPress={() => row && saving.save.mutate({ row, before }, { onSuccess: close })}
				>
					Save
				</Button>
				<Button size="sm" variant="outline" onPress={close}>
					Cancel
				</Button>
			</span>
			<span
				className={`whitespace-normal text-end text-[12px] ${refused ? "text-danger" : "text-muted"}`}
				role="status"
			>
				{problem ?? (preview.data ? waitingWords(preview.data.waiting) : "")}
			</span>
		</div>
	);
}
