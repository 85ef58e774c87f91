"use client";
import { Button, Input } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import type { ItemRow } from "@/lib/canonical/item-codes";
import { useHub } from "../shell/hub-context";
import { readProblem } from "../ui/problem";
import { waitingWords } from "./item-words";
import type { useSaveItems } from "./use-items";

interface MapCodeProps {
	merchantId: string;
	cart: { id: string; name: string };
	/** The code of the one side, and which side is to be typed. */
	known: string;
	side: "sku" | "code";
	options: { sku: string; why: string }[];
	saving: ReturnType<typeof useSaveItems>;
}

/** Types or picks what the other side calls it; says how many orders go out before it is saved. */
export function MapCode({ merchantId, cart, known, side, options, saving }: MapCodeProps) {
	const { account } = useHub();
	const [typed, setTyped] = useState("");
	const other = typed.trim();
	const row: ItemRow = {
		...{ kind: "mapping", connectionId: cart.id },
		...(side === "sku" ? { code: known, sku: other } : { code: other, sku: known }),
	};
	const preview = useQuery(
		api.items.preview.queryOptions({
			input: { accountId: account.id, merchantId, rows: [row], remove: [] },
			enabled: other !== "",
			placeholderData: keepPreviousData,
		}),
	);
	const refused = preview.data?.effects.find(({ effect }) => effect === "refused")?.sentence;
	const mine = saving.save.variables?.row.code === row.code;
	const failed = mine && saving.save.error ? readProblem(saving.save.error).sentence : null;
	return (
		<div className="flex flex-col gap-1">
			<form
				className="flex flex-wrap items-center gap-1.5"
				onSubmit={(event) => {
					event.preventDefault();
					if (other !== "" && !refused) saving.save.mutate({ row, before: null });
				}}
			>
				<Input
					aria-label={`${side === "sku" ? "Warehouse SKU" : "Cart code"} for ${known}`}
					className="w-36 font-mono"
					value={typed}
					onChange={(event) => setTyped(event.target.value)}
				/>
				<Button
					size="sm"
					type="submit"
					variant="outline"
					aria-label={`Map ${known}`}
					isDisabled={other === "" || refused !== undefined}
					isPending={mine && saving.save.isPending}
				>
					Map
				</Button>
				{typed === "" &&
					options.map(({ sku, why }) => (
						<Button key={sku} size="sm" variant="ghost" aria-label={`Use ${sku}, ${why}`} onPress={() => setTyped(sku)}>
							<code>{sku}</code> <span className="text-muted">{why}</span>
						</Button>
					))}
			</form>
			{other !== "" && (
				<span
					className={`whitespace-normal text-[12px] ${refused || failed ? "text-danger" : "text-muted"}`}
					role="status"
				>
					{failed ?? refused ?? (preview.data ? waitingWords(preview.data.waiting) : "")}
				</span>
			)}
		</div>
	);
}
