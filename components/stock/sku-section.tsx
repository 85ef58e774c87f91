"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { ExportButton } from "../table/export-button";
import { SearchBox } from "../table/filters";
import { Pager } from "../table/pager";
import { usePaging } from "../table/use-paging";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { newSkuDraft } from "./rule-draft";
import { RuleImport } from "./rule-import";
import { SkuRules } from "./sku-rules";
import type { useStockRules } from "./use-stock-rules";

interface SkuSectionProps {
	merchantId: string;
	carts: { id: string; name: string }[];
	state: ReturnType<typeof useStockRules>;
	mayWrite: boolean;
}

/** Safety stock and cap of single SKUs, in place of what the cart has for all. */
export function SkuSection({ merchantId, carts, state, mayWrite }: SkuSectionProps) {
	const { account } = useHub();
	const paging = usePaging();
	const [search, setSearch] = useQueryState("q", parseAsString.withDefault(""));
	const list = useQuery(
		api.stockRules.listSkus.queryOptions({
			input: { accountId: account.id, merchantId, after: paging.after, ...(search && { search }) },
			placeholderData: keepPreviousData,
		}),
	);
	const add = () => state.change(`new ${Date.now()}`, newSkuDraft(carts[0]?.id ?? ""));
	const button = mayWrite && (
		<Button variant="outline" onPress={add}>
			Add a SKU
		</Button>
	);
	const items = list.data?.items ?? [];
	return (
		<Section
			title="Single SKUs"
			about="A safety stock or a cap of its own, in place of the cart's."
			actions={
				<>
					<ExportButton
						files={[
							{
								label: "Stock rules",
								path: `merchants/${merchantId}/stock-rules/skus/export`,
								query: { search: search || undefined },
							},
						]}
						isEmpty={items.length === 0}
					/>
					{mayWrite && <RuleImport merchantId={merchantId} state={state} />}
					{button}
				</>
			}
			bare
		>
			<div className="mb-3">
				<SearchBox
					label="Search SKUs with rules"
					placeholder="Beginning of the SKU"
					value={search}
					onChange={(q) => void setSearch(q || null).then(() => paging.pager.onTurn([], null))}
				/>
			</div>
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<SkuRules
					{...{ items, carts, state, mayWrite }}
					empty={
						search !== "" ? (
							<EmptyState kind="filtered" title="No rule matches" />
						) : (
							<EmptyState kind="nothing" title="No SKU differs">
								Every SKU follows its cart's rule.
							</EmptyState>
						)
					}
				/>
			)}
			{items.length > 0 && (
				<Pager
					{...paging.pager}
					next={list.data?.next ?? null}
					shown={`${plural(items.length, "rule")} on this page`}
				/>
			)}
		</Section>
	);
}
