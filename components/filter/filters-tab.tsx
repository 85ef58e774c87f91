"use client";
import { Button, Description, Input, Label, TextField } from "@heroui/react";
import { useState } from "react";
import type { CartFilters } from "@/lib/canonical/filters";
import { EditBar } from "../mapping/edit-bar";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { FilterEffect } from "./filter-effect";
import { FilterHistory } from "./filter-history";
import { draftOf, type FiltersDraft, filtersOf, type ShownFilters, sameFilters } from "./filter-words";
import { ItemFilterFields } from "./item-filter-fields";
import { ItemFilterImport } from "./item-filter-import";
import { OrderFilterTable } from "./order-filter-table";
import { useFilters } from "./use-filters";

/** What a cart's orders must be like to be loaded, and which of their lines are sent. */
export function FiltersTab({ connectionId }: { connectionId: string }) {
	const filters = useFilters(connectionId);
	const { found, restore, done } = filters;
	if (found.isError && !found.data) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <SkeletonPage label="the filters" />;
	const { data } = found;
	return (
		<>
			{(done || restore.error) && (
				<div className="mb-4 flex flex-col gap-2">
					{restore.error && <ErrorPanel error={restore.error} />}
					{done && (
						<Notice
							tone="done"
							live
							title={done.sentence}
							action={
								done.before !== null && (
									<Button
										size="sm"
										variant="outline"
										isPending={restore.isPending}
										onPress={() => restore.mutate(done.before ?? 0)}
									>
										Undo
									</Button>
								)
							}
						/>
					)}
				</div>
			)}
			<FilterForm key={data.version} {...{ connectionId, shown: data, filters }} />
			<FilterHistory history={data.history} current={data.version} restore={restore} />
		</>
	);
}

interface FormProps {
	connectionId: string;
	shown: ShownFilters;
	filters: ReturnType<typeof useFilters>;
}

function FilterForm({ connectionId, shown, filters: { save, settled } }: FormProps) {
	const { account } = useHub();
	const mayWrite = useMay("connections:write");
	const [draft, setDraft] = useState<FiltersDraft>(() => draftOf(shown.filters));
	const wanted = filtersOf(draft);
	const set = (change: Partial<FiltersDraft>) => setDraft({ ...draft, ...change });
	const isChanged = !("filters" in wanted) || !sameFilters(wanted.filters, shown.filters);
	return (
		<>
			<Section
				bare
				title="Order filters"
				about="An order that a filter refuses is not loaded. It is listed under Skipped orders, with the reason."
			>
				<OrderFilterTable
					rows={draft.orders}
					extraFields={shown.seen.extraFields}
					mayWrite={mayWrite}
					onChange={(orders) => set({ orders })}
				/>
			</Section>
			<Section title="Tag rules" about={<SeenTags tags={shown.seen.tags} />}>
				<div className="grid gap-4 sm:grid-cols-2">
					<Tags
						label="Only load orders with any of"
						value={draft.anyOf}
						mayWrite={mayWrite}
						onChange={(anyOf) => set({ anyOf })}
					/>
					<Tags
						label="Never load orders with any of"
						value={draft.noneOf}
						mayWrite={mayWrite}
						onChange={(noneOf) => set({ noneOf })}
					/>
				</div>
			</Section>
			<Section
				title="Item filters"
				about="They decide which lines are sent, and for which items the cart is told its stock."
				actions={
					<>
						{shown.filters.items.codes.length > 0 && (
							<a
								className="button button--outline button--sm"
								download
								href={`/api/v1/accounts/${account.id}/connections/${connectionId}/filters/items/export`}
							>
								Export codes
							</a>
						)}
						{mayWrite && !isChanged && (
							<ItemFilterImport
								connectionId={connectionId}
								items={shown.filters.items}
								onSaved={settled}
								version={shown.version}
							/>
						)}
					</>
				}
			>
				<ItemFilterFields items={draft.items} mayWrite={mayWrite} onChange={(items) => set({ items })} />
			</Section>
			{save.error && <ErrorPanel error={save.error} />}
			{isChanged && mayWrite && (
				<EditBar
					words="Not saved yet."
					effect={effectOf(connectionId, wanted)}
					isPending={save.isPending}
					isDisabled={!("filters" in wanted)}
					onSave={() => "filters" in wanted && save.mutate({ version: shown.version, filters: wanted.filters })}
					onDiscard={() => setDraft(draftOf(shown.filters))}
				/>
			)}
		</>
	);
}

function effectOf(connectionId: string, wanted: { filters: CartFilters } | { problem: string }) {
	if ("problem" in wanted) return <span className="text-danger">{wanted.problem}</span>;
	return <FilterEffect connectionId={connectionId} filters={wanted.filters} />;
}

interface TagsProps {
	label: string;
	value: string;
	mayWrite: boolean;
	onChange: (value: string) => void;
}

function Tags({ label, value, mayWrite, onChange }: TagsProps) {
	return (
		<TextField value={value} onChange={onChange} isReadOnly={!mayWrite} fullWidth>
			<Label>{label}</Label>
			<Input placeholder="No rule" />
			<Description>Tags with commas between them.</Description>
		</TextField>
	);
}

/** Tags that this cart's orders carry; a rule on tags is idle where the cart states none. */
function SeenTags({ tags }: { tags: string[] }) {
	if (tags.length === 0) return <>The newest orders of this cart carry no tags.</>;
	return <>Seen on the newest orders: {tags.slice(0, 12).join(", ")}.</>;
}
