"use client";
import { Switch, Tabs } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { api } from "@/lib/api/client";
import { alertSides, sideWords } from "@/lib/canonical/alert";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { ExportButton } from "../table/export-button";
import { Choice } from "../table/filters";
import { Pager } from "../table/pager";
import { usePaging } from "../table/use-paging";
import { plural } from "../ui/plural";
import { SkeletonPage } from "../ui/skeleton-page";
import { AlertCard } from "./alert-card";

const kinds = ["open", "snoozed", "resolved"] as const;
type Kind = (typeof kinds)[number];
const kindWords: Record<Kind, string> = { open: "Open", snoozed: "Snoozed", resolved: "Resolved" };
const none: Record<Kind, [title: string, sentence: string]> = {
	open: ["Nothing needs you", "When something cannot go on by itself, it appears here with the button that fixes it."],
	snoozed: ["Nothing is snoozed", "An alert that can wait is put aside on its page. It comes back by itself."],
	resolved: ["Nothing was resolved yet", "Alerts close by themselves when their cause is gone."],
};

function useAlertFilters() {
	return useQueryStates({
		show: parseAsStringLiteral(kinds).withDefault("open"),
		side: parseAsStringLiteral(alertSides),
		merchant: parseAsString,
		mine: parseAsBoolean.withDefault(false),
	});
}

type Filter = ReturnType<typeof useAlertFilters>[0];

export function AlertList() {
	const { account } = useHub();
	const [{ show, side, merchant, mine }, setFilters] = useAlertFilters();
	const paging = usePaging();
	const narrowed = { show, mine, side: side ?? undefined, merchantId: merchant ?? undefined };
	const list = useQuery(
		api.alerts.list.queryOptions({
			input: { accountId: account.id, ...narrowed, after: paging.after, limit: 50 },
			placeholderData: keepPreviousData,
			refetchInterval: 5_000,
		}),
	);
	const change = (values: Partial<Filter>) => {
		paging.pager.onTurn([], null);
		void setFilters(values);
	};
	const items = list.data?.items ?? [];
	const filtered = Boolean(side || merchant || mine);
	const [title, sentence] = filtered ? ["No alert for this filter", "Take a filter away to see more."] : none[show];
	return (
		<>
			<PageHeader
				title="Alerts"
				actions={
					<ExportButton
						files={[{ label: "Alerts", path: "alerts/export", query: narrowed }]}
						isEmpty={list.data !== undefined && items.length === 0}
					/>
				}
			>
				What needs a person, one entry per cause. They close by themselves when the cause is gone.
			</PageHeader>
			<Tabs
				selectedKey={show}
				onSelectionChange={(key) => change({ show: kinds.find((kind) => kind === key) ?? "open" })}
				className="mb-4"
			>
				<Tabs.ListContainer>
					<Tabs.List aria-label="Which alerts">
						{kinds.map((kind) => (
							<Tabs.Tab key={kind} id={kind}>
								{kindWords[kind]}
								{kind === "snoozed" && list.data && list.data.snoozed > 0 && ` (${list.data.snoozed})`}
								<Tabs.Indicator />
							</Tabs.Tab>
						))}
					</Tabs.List>
				</Tabs.ListContainer>
				<Tabs.Panel id={show} className="pt-4">
					<Filters side={side} merchant={merchant} mine={mine} onChange={change} />
					{list.isError && <ErrorPanel error={list.error} retry={() => void list.refetch()} />}
					{!list.data && !list.isError && <SkeletonPage label="alerts" />}
					{list.data && items.length === 0 && (
						<div className="card-frame">
							<EmptyState kind={filtered ? "filtered" : "nothing"} title={title}>
								{sentence}
							</EmptyState>
						</div>
					)}
					<ul className="flex flex-col gap-3">
						{items.map((alert) => (
							<li key={alert.id}>
								<AlertCard alert={alert} />
							</li>
						))}
					</ul>
					{(list.data?.next || paging.after) && (
						<Pager {...paging.pager} next={list.data?.next ?? null} shown={plural(items.length, "alert")} />
					)}
				</Tabs.Panel>
			</Tabs>
		</>
	);
}

interface FiltersProps {
	side: (typeof alertSides)[number] | null;
	merchant: string | null;
	mine: boolean;
	onChange: (values: Partial<Filter>) => void;
}

function Filters({ side, merchant, mine, onChange }: FiltersProps) {
	const { merchants } = useHub();
	return (
		<div className="mb-3 flex flex-wrap items-center gap-2">
			<Choice
				label="Whose side"
				any="Any side"
				value={side}
				options={alertSides.map((value) => ({ value, label: sideWords[value] }))}
				onChange={(value) => onChange({ side: alertSides.find((known) => known === value) ?? null })}
			/>
			{merchants.length > 1 && (
				<Choice
					label="Merchant"
					any="All merchants"
					value={merchant}
					options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
					onChange={(value) => onChange({ merchant: value })}
				/>
			)}
			<Switch isSelected={mine} onChange={(on) => onChange({ mine: on })} className="px-2">
				<Switch.Content>
					<Switch.Control>
						<Switch.Thumb />
					</Switch.Control>
					Only mine
				</Switch.Content>
			</Switch>
		</div>
	);
}
