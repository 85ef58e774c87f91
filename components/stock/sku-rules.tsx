"use client";
import { Button, Input } from "@heroui/react";
import { useState } from "react";
import type { SkuRule } from "@/lib/canonical/stock-rules";
import { BulkBar } from "../table/bulk-bar";
import type { Column } from "../table/data-table";
import { EditTable } from "../table/edit-table";
import { Options } from "../ui/options";
import { plural } from "../ui/plural";
import { Time } from "../ui/time";
import { NumberCell } from "./rule-cells";
import { draftOf, keyOf, newSkuDraft, type RuleDraft } from "./rule-draft";
import type { useStockRules } from "./use-stock-rules";

interface Listed {
	rule: SkuRule;
	cart: string;
	updatedAt: string;
}
interface SkuRulesProps {
	items: Listed[];
	carts: { id: string; name: string }[];
	state: ReturnType<typeof useStockRules>;
	mayWrite: boolean;
	empty: React.ReactNode;
}
/** A row of the list, or one that is being typed. */
interface Row {
	key: string;
	listed: Listed | null;
}
const added = /^new \d+$/;

/** What differs for single SKUs: typed where it stands. */
export function SkuRules({ items, carts, state, mayWrite, empty }: SkuRulesProps) {
	const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
	const fresh = [...state.drafts.keys()].filter((key) => added.test(key));
	const listed = items
		.map((item): Row => ({ key: keyOf(item.rule), listed: item }))
		.filter(({ key }) => !state.removed.has(key));
	const rows = [...fresh.map((key): Row => ({ key, listed: null })), ...listed];
	const draftFor = ({ key, listed: item }: Row): RuleDraft =>
		state.drafts.get(key) ?? (item ? draftOf(item.rule) : newSkuDraft(carts[0]?.id ?? ""));
	const whose = (row: Row) => {
		const { sku, connectionId } = draftFor(row);
		return `${sku || "the new SKU"} in ${carts.find(({ id }) => id === connectionId)?.name ?? row.listed?.cart}`;
	};
	const number = (field: "safetyStock" | "cap", label: string): Column<Row> => ({
		...{ id: field, label, align: "end", narrow: "detail" },
		cell: (row) => (
			<NumberCell
				{...{ field, whose: whose(row), draft: draftFor(row), placeholder: "as the cart" }}
				isDisabled={!mayWrite}
				onChange={(draft) => state.change(row.key, draft)}
			/>
		),
	});
	const columns: Column<Row>[] = [
		{ id: "sku", label: "SKU", cell: (row) => <SkuCell {...{ row, draft: draftFor(row), state }} /> },
		{
			id: "cart",
			label: "Cart",
			narrow: "detail",
			cell: (row) => <CartCell {...{ row, draft: draftFor(row), carts, state }} />,
		},
		number("safetyStock", "Safety stock"),
		number("cap", "Cap"),
		{
			...{ id: "changed", label: "Changed", align: "end", narrow: "status" },
			cell: (row) =>
				row.listed ? (
					<Time at={row.listed.updatedAt} />
				) : (
					<Button size="sm" variant="ghost" onPress={() => state.change(row.key, null)}>
						Leave out
					</Button>
				),
		},
	];
	const marked = listed.filter(({ key }) => selected.has(key));
	const remove = () => {
		for (const { key } of marked) if (state.drafts.has(key)) state.change(key, null);
		state.setRemoved(new Set([...state.removed, ...marked.map(({ key }) => key)]));
		setSelected(new Set());
	};
	return (
		<>
			<EditTable
				{...{ label: "Rules of single SKUs", columns, rows, rowId: (row: Row) => row.key, empty }}
				{...(mayWrite && { selected, onSelect: setSelected })}
			/>
			<BulkBar count={marked.length} noun={["rule", "rules"]} onClear={() => setSelected(new Set())}>
				<Button size="sm" variant="outline" onPress={remove}>
					Remove {plural(marked.length, "rule")}
				</Button>
			</BulkBar>
		</>
	);
}

interface CellProps {
	row: Row;
	draft: RuleDraft;
	state: SkuRulesProps["state"];
}

function SkuCell({ row, draft, state }: CellProps) {
	if (row.listed) return <code>{row.listed.rule.sku}</code>;
	return (
		<Input
			aria-label="SKU"
			className="w-full min-w-28 font-mono"
			value={draft.sku}
			placeholder="The warehouse's SKU"
			onChange={(event) => state.change(row.key, { ...draft, sku: event.target.value })}
		/>
	);
}

function CartCell({ row, draft, carts, state }: CellProps & Pick<SkuRulesProps, "carts">) {
	if (row.listed) return row.listed.cart;
	return (
		<Options
			label="Cart"
			value={draft.connectionId}
			options={carts.map(({ id, name }) => ({ value: id, label: name }))}
			onChange={(connectionId) => state.change(row.key, { ...draft, connectionId })}
		/>
	);
}
