"use client";
import type { z } from "zod";
import type { stockRulesContract } from "@/lib/api/contract/stock-rules";
import type { Column } from "../table/data-table";
import { EditTable } from "../table/edit-table";
import { Notice } from "../ui/notice";
import { NumberCell, PlacesCell } from "./rule-cells";
import { draftOf, fieldLabels, keyOf, type RuleDraft, type RuleField, ruleFields } from "./rule-draft";
import type { useStockRules } from "./use-stock-rules";

export type Rules = z.output<NonNullable<(typeof stockRulesContract.read)["~orpc"]["outputSchema"]>>;
type Row = Rules["carts"][number];

interface CartRulesProps {
	rules: Rules;
	state: ReturnType<typeof useStockRules>;
	mayWrite: boolean;
}

const placeholders: Record<RuleField, string> = {
	...{ safetyStock: "0", share: "all", cap: "none" },
	...{ priority: "1", scarceBelow: "0", minimum: "0" },
};

/** One row per cart, in the order in which figures are made. */
export function CartRules({ rules, state, mayWrite }: CartRulesProps) {
	const draftFor = (row: Row) => state.draftFor({ connectionId: row.cart.id, sku: "" }) ?? draftOf(row.rule);
	const change = (draft: RuleDraft) => state.change(keyOf(draft), draft);
	const number = (field: RuleField): Column<Row> => ({
		id: field,
		label: fieldLabels[field],
		align: "end",
		narrow: "detail",
		cell: (row) => (
			<NumberCell
				{...{ field, draft: draftFor(row), placeholder: placeholders[field], onChange: change }}
				whose={row.cart.name}
				isDisabled={!mayWrite}
			/>
		),
	});
	const columns: Column<Row>[] = [
		{
			id: "cart",
			label: "Cart",
			cell: (row) => (
				<>
					<span className="font-medium">{row.cart.name}</span>
					{row.basis === "on-hand" && <span className="block text-[12px] text-muted">is told what is on hand</span>}
					{row.pushAs !== "" && <span className="block text-[12px] text-muted">by its {row.pushAs} codes</span>}
				</>
			),
		},
		{
			id: "places",
			label: "Locations",
			narrow: "detail",
			cell: (row) => (
				<PlacesCell
					{...{ whose: row.cart.name, draft: draftFor(row), places: rules.places, onChange: change }}
					isDisabled={!mayWrite}
				/>
			),
		},
		...ruleFields.map(number),
	];
	return (
		<>
			<ShareNotice rows={rules.carts.map((row) => ({ name: row.cart.name, share: draftFor(row).numbers.share }))} />
			<div className="overflow-x-auto">
				<EditTable label="Carts" columns={columns} rows={rules.carts} rowId={(row) => row.cart.id} empty={null} />
			</div>
		</>
	);
}

/** What the shares add up to, as they are typed. */
function ShareNotice({ rows }: { rows: { name: string; share: string }[] }) {
	const sharing = rows.filter(({ share }) => Number(share) > 0);
	const rest = rows.filter((row) => !sharing.includes(row)).map(({ name }) => name);
	const total = sharing.reduce((sum, { share }) => sum + Number(share), 0);
	const full = `${rest.join(" and ")} ${rest.length === 1 ? "is" : "are each"} told all there is`;
	if (rows.length < 2 && sharing.length === 0) return null;
	const found =
		sharing.length === 0
			? { tone: "info" as const, title: `${full}: the last unit can be sold twice. Shares rule that out.` }
			: total > 100
				? { tone: "person" as const, title: `The shares add up to ${total} %. Together they can be 100 % at most.` }
				: {
						tone: total < 100 || rest.length > 0 ? ("look" as const) : ("done" as const),
						title: `The shares add up to ${total} %${total < 100 ? `: ${100 - total} % of the stock goes to none of them` : ""}.${
							rest.length > 0 ? ` ${full}, beside them.` : ""
						}`,
					};
	return (
		<div className="mb-3">
			<Notice {...found} live />
		</div>
	);
}
