"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryStates } from "nuqs";
import { useState } from "react";
import { api } from "@/lib/api/client";
import type { ItemKind } from "@/lib/canonical/item-codes";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { Choice, SearchBox } from "../table/filters";
import { Pager } from "../table/pager";
import { usePaging } from "../table/use-paging";
import { plural } from "../ui/plural";
import { ImportDialog } from "./import-dialog";
import { ItemTable } from "./item-table";
import { kindWords } from "./item-words";
import { MerchantFilter } from "./merchant-filter";
import { SavedNotice } from "./saved-notice";
import { useCarts, useItemMerchant, useSaveItems } from "./use-items";

/** One kind of item codes of one merchant: edited where they stand, in bulk and from a file. */
export function ItemPage({ kind }: { kind: ItemKind }) {
	const { merchantId } = useItemMerchant();
	const words = kindWords[kind];
	if (!merchantId)
		return (
			<>
				<PageHeader title={words.title}>{words.about}</PageHeader>
				<EmptyState kind="first" title="No merchants yet">
					Item codes belong to a merchant. Add one first.
				</EmptyState>
			</>
		);
	return <MerchantItems key={`${kind}-${merchantId}`} kind={kind} merchantId={merchantId} />;
}

function MerchantItems({ kind, merchantId }: { kind: ItemKind; merchantId: string }) {
	const { account } = useHub();
	const words = kindWords[kind];
	const paging = usePaging();
	const saving = useSaveItems(merchantId);
	const carts = useCarts(merchantId);
	const mayWrite = useMay("connections:write") && (kind !== "mapping" || carts.length > 0);
	const [adding, setAdding] = useState(false);
	const [filters, setFilters] = useQueryStates({ q: parseAsString.withDefault(""), cart: parseAsString });
	const connectionId = kind === "mapping" ? (filters.cart ?? undefined) : undefined;
	const list = useQuery(
		api.items.list.queryOptions({
			input: {
				...{ accountId: account.id, merchantId, kind, after: paging.after },
				...(filters.q && { search: filters.q }),
				...(connectionId && { connectionId }),
			},
			placeholderData: keepPreviousData,
		}),
	);
	const rows = list.data?.items;
	const filtered = filters.q !== "" || connectionId !== undefined;
	const exportHref = `/api/v1/accounts/${account.id}/merchants/${merchantId}/item-codes/export?kind=${kind}${
		connectionId ? `&connectionId=${connectionId}` : ""
	}`;
	const add = mayWrite && (
		<Button onPress={() => setAdding(true)} isDisabled={adding}>
			Add {kind === "alias" ? "an" : "a"} {words.one}
		</Button>
	);
	return (
		<>
			<PageHeader
				title={words.title}
				actions={
					<>
						<a href={exportHref} download className="button button--outline">
							Export
						</a>
						{mayWrite && <ImportDialog {...{ kind, merchantId, carts, saving }} />}
						{add}
					</>
				}
			>
				{words.about}
			</PageHeader>
			<div className="mb-3 flex flex-wrap gap-2">
				<SearchBox
					label={`Search ${words.many}`}
					placeholder="Beginning of a code"
					value={filters.q}
					onChange={(q) => void setFilters({ q }).then(() => paging.pager.onTurn([], null))}
				/>
				<MerchantFilter />
				{kind === "mapping" && carts.length > 1 && (
					<Choice
						label="Cart"
						any="All carts"
						value={filters.cart}
						options={carts.map(({ id, name }) => ({ value: id, label: name }))}
						onChange={(cart) => void setFilters({ cart }).then(() => paging.pager.onTurn([], null))}
					/>
				)}
			</div>
			<SavedNotice saving={saving} />
			{list.isError ? (
				<ErrorPanel error={list.error} retry={() => void list.refetch()} />
			) : (
				<ItemTable
					{...{ kind, merchantId, rows, carts, saving, mayWrite, adding }}
					endAdding={() => setAdding(false)}
					empty={
						filtered ? (
							<EmptyState kind="filtered" title={`No ${words.one} matches`} />
						) : (
							<EmptyState kind="first" title={`No ${words.many} yet`} action={add}>
								{kind === "mapping" && carts.length === 0
									? "A mapping belongs to a cart. Connect the merchant's cart first."
									: words.about}
							</EmptyState>
						)
					}
				/>
			)}
			{rows && rows.length > 0 && (
				<Pager
					{...paging.pager}
					next={list.data?.next ?? null}
					shown={`${plural(rows.length, words.one, words.many)} on this page`}
				/>
			)}
		</>
	);
}
