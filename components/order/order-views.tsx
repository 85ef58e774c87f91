"use client";
import { Button, Dropdown } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Bookmark } from "lucide-react";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { isSameFilter, type OrderView } from "./use-order-filters";
import { ViewDialog } from "./view-dialog";

interface OrderViewsProps {
	viewId: string | null;
	/** What the list shows now. */
	shown: Pick<OrderView, "filter" | "columns">;
	/** There is something to keep: a filter, or columns of one's own. */
	isWorthSaving: boolean;
	onOpen: (view: Pick<OrderView, "id" | "filter" | "columns">) => void;
	/** Back to all orders. */
	onClear: () => void;
}

/** Views that were saved, and what can be done with the one that is open. */
export function OrderViews({ viewId, shown, isWorthSaving, onOpen, onClear }: OrderViewsProps) {
	const { account } = useHub();
	const list = useQuery(api.orderViews.list.queryOptions({ input: { accountId: account.id } }));
	const views = list.data?.items ?? [];
	const open = views.find(({ id }) => id === viewId);
	const isChanged = open && !(isSameFilter(open.filter, shown.filter) && open.columns.join() === shown.columns.join());
	return (
		<>
			<ViewMenu
				views={views}
				open={open}
				onChoose={(id) => {
					const view = views.find((one) => one.id === id);
					if (view) onOpen(view);
					else onClear();
				}}
			/>
			{open && isChanged && <span className="text-[13px] text-muted">Changed</span>}
			{open?.mayChange && (
				<ViewActions key={open.id} view={open} isChanged={isChanged ?? false} {...{ shown, onOpen, onClear }} />
			)}
			{(open ? isChanged : isWorthSaving) && <ViewDialog shown={shown} onSaved={(id) => onOpen({ id, ...shown })} />}
			{list.isError && (
				<div className="basis-full">
					<ErrorPanel error={list.error} retry={() => void list.refetch()} />
				</div>
			)}
		</>
	);
}

interface ViewMenuProps {
	views: OrderView[];
	open: OrderView | undefined;
	/** "all", or a view's id. */
	onChoose: (key: string) => void;
}

function ViewMenu({ views, open, onChoose }: ViewMenuProps) {
	const groups = [
		{ title: "Your views", items: views.filter(({ mine }) => mine) },
		{ title: "Shared by others", items: views.filter(({ mine }) => !mine) },
	];
	return (
		<Dropdown>
			<Button variant="outline" aria-label={`View: ${open?.name ?? "All orders"}`} className="max-w-full">
				<Bookmark size={14} aria-hidden />
				<span className="truncate">{open?.name ?? "All orders"}</span>
			</Button>
			<Dropdown.Popover className="max-w-80">
				<Dropdown.Menu
					aria-label="Views"
					selectionMode="single"
					selectedKeys={[open?.id ?? "all"]}
					onAction={(key) => onChoose(String(key))}
				>
					<Dropdown.Item id="all" textValue="All orders">
						All orders
						<Dropdown.ItemIndicator />
					</Dropdown.Item>
					{groups.map(
						({ title, items }) =>
							items.length > 0 && (
								<Dropdown.Section key={title} aria-label={title}>
									{items.map((view) => (
										<Dropdown.Item key={view.id} id={view.id} textValue={view.name}>
											<span className="min-w-0">
												<span className="block truncate">{view.name}</span>
												{view.shared && (
													<span className="block text-[12px] text-muted">
														{view.mine ? "Shared by you" : `Shared${view.by && ` by ${view.by}`}`}
													</span>
												)}
											</span>
											<Dropdown.ItemIndicator />
										</Dropdown.Item>
									))}
								</Dropdown.Section>
							),
					)}
				</Dropdown.Menu>
			</Dropdown.Popover>
		</Dropdown>
	);
}

interface ViewActionsProps extends Pick<OrderViewsProps, "shown" | "onOpen" | "onClear"> {
	view: OrderView;
	isChanged: boolean;
}

function ViewActions({ view, isChanged, shown, onOpen, onClear }: ViewActionsProps) {
	const { account } = useHub();
	const queries = useQueryClient();
	const onSuccess = () => queries.invalidateQueries({ queryKey: api.orderViews.key() });
	const save = useMutation(api.orderViews.update.mutationOptions({ onSuccess }));
	const remove = useMutation(
		api.orderViews.remove.mutationOptions({
			onSuccess: async () => {
				onClear();
				await onSuccess();
			},
		}),
	);
	const one = { accountId: account.id, viewId: view.id };
	const error = save.error ?? remove.error;
	return (
		<>
			{isChanged && (
				<>
					<Button size="sm" isPending={save.isPending} onPress={() => save.mutate({ ...one, ...shown })}>
						Save changes
					</Button>
					<Button size="sm" variant="ghost" onPress={() => onOpen(view)}>
						Undo changes
					</Button>
				</>
			)}
			<ViewDialog view={view} shown={shown} onSaved={() => {}} />
			<ConfirmButton
				size="sm"
				label="Delete view"
				heading={`Delete the view ${view.name}?`}
				isPending={remove.isPending}
				onConfirm={() => remove.mutate(one)}
			>
				{view.shared ? "Everybody it is shared with loses it too. " : ""}The orders in it stay as they are.
			</ConfirmButton>
			{error && (
				<div className="basis-full">
					<ErrorPanel error={error} />
				</div>
			)}
		</>
	);
}
