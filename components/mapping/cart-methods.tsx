"use client";
import { Button } from "@heroui/react";
import { useState } from "react";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { Choice, SearchBox } from "../table/filters";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { EditBar } from "./edit-bar";
import { MethodImport } from "./method-import";
import { MethodSaved } from "./method-saved";
import { MethodTable } from "./method-table";
import { RuleDialog } from "./rule-dialog";
import { effectWords, type MethodChange, type MethodRow } from "./ship-method-words";
import { useAskWarehouse, useEffectOf, useSaveMethods, useShipMethods } from "./use-ship-methods";

type Filter = { q?: string | null; show?: string | null };

interface CartMethodsProps {
	connectionId: string;
	carts: { id: string; name: string; merchant: { name: string }; unmapped: number; waiting: number }[];
	search: string;
	show: string | null;
	onCart: (id: string) => void;
	onFilter: (filter: Filter) => void;
}

/** One cart's list, edited where it stands: nothing is saved before it was said what it does to orders that wait. */
export function CartMethods({ connectionId, carts, search, show, onCart, onFilter }: CartMethodsProps) {
	const { account } = useHub();
	const href = useHref();
	const mayWrite = useMay("connections:write");
	const [changes, setChanges] = useState<ReadonlyMap<string, MethodChange>>(new Map());
	const [policy, setPolicy] = useState<"pass" | "refuse" | null>(null);
	const discard = () => {
		setChanges(new Map());
		setPolicy(null);
	};
	const found = useShipMethods(connectionId);
	const edit = { changes: [...changes.values()], ...(policy && { unmapped: policy }) };
	const effect = useEffectOf(connectionId, edit);
	const { save, undo, done, settled } = useSaveMethods(connectionId, discard);
	const refresh = useAskWarehouse(connectionId, ({ listed, added }) =>
		settled({ sentence: `${plural(listed, "ship method")} at the warehouse, ${added} new to this list.`, undo: null }),
	);
	const change = (key: string, next: MethodChange | null) => {
		const all = new Map(changes);
		if (next) all.set(key, next);
		else all.delete(key);
		setChanges(all);
	};
	const data = found.data;
	const rows = data?.rows.filter((row) => isShown(row, search, show));
	const lists = data?.warehouses.some((warehouse) => warehouse.lists) ?? false;
	const count = changes.size + (policy ? 1 : 0);
	return (
		<>
			<PageHeader
				title="Ship methods"
				actions={
					<>
						<a
							href={`/api/v1/accounts/${account.id}/connections/${connectionId}/ship-methods/export`}
							download
							className="button button--outline"
						>
							Export
						</a>
						{mayWrite && (
							<>
								<MethodImport connectionId={connectionId} settled={settled} />
								{lists && (
									<Button variant="outline" isPending={refresh.isPending} onPress={() => refresh.mutate()}>
										Ask the warehouse
									</Button>
								)}
								<RuleDialog
									methods={data?.methods ?? []}
									onAdd={(rule) => change(`new ${changes.size} ${rule.code}`, rule)}
								/>
							</>
						)}
					</>
				}
			>
				What a cart's shipping options become at the warehouse. New ones appear with the orders that bring them.
			</PageHeader>
			<div className="mb-3 flex flex-wrap items-center gap-2">
				<SearchBox
					label="Search codes"
					placeholder="Code or name"
					value={search}
					onChange={(q) => onFilter({ q: q || null })}
				/>
				<CartChoice carts={carts} value={connectionId} onChange={onCart} />
				<Choice
					label="Which"
					any="All codes"
					value={show}
					options={[
						{ value: "unmapped", label: "Not mapped" },
						{ value: "waiting", label: "Orders wait" },
					]}
					onChange={(next) => onFilter({ show: next })}
				/>
				<PolicyChoice
					value={policy ?? data?.policy ?? "pass"}
					mayWrite={mayWrite}
					onChange={(next) => setPolicy(next === data?.policy ? null : next)}
				/>
			</div>
			<MethodSaved
				done={done}
				error={undo.error ?? refresh.error}
				isPending={undo.isPending}
				onUndo={(edit) => undo.mutate(edit)}
			/>
			{data && data.warehouses.length === 0 && (
				<div className="mb-3">
					<Notice tone="look" title={`${data.merchant.name} has no warehouse yet`}>
						Mappings can be prepared; orders wait until there is one.
					</Notice>
				</div>
			)}
			{found.isError ? (
				<ErrorPanel error={found.error} retry={() => void found.refetch()} />
			) : (
				<MethodTable
					rows={rows}
					methods={data?.methods ?? []}
					changes={changes}
					refuses={(policy ?? data?.policy) === "refuse"}
					mayWrite={mayWrite}
					onChange={change}
					onChanges={setChanges}
					empty={
						search || show ? (
							<EmptyState
								kind="filtered"
								title="No code matches"
								action={
									<Button size="sm" variant="outline" onPress={() => onFilter({ q: null, show: null })}>
										Clear filters
									</Button>
								}
							/>
						) : (
							<EmptyState kind="nothing" title="No ship methods yet">
								They appear with the first orders of this cart. One can be added before that.
							</EmptyState>
						)
					}
				/>
			)}
			<p className="mt-3 text-[12px] text-muted">
				A code's own row comes before a pattern with *, a row with conditions before one without; * alone is asked last.
				The settings of the cart are{" "}
				<a className="text-accent underline" href={href(`connections/${connectionId}`)}>
					on its page
				</a>
				.
			</p>
			{count > 0 && (
				<EditBar
					words={`${plural(count, "change")} not saved.`}
					effect={save.error ? "" : effect.data ? effectWords(effect.data) : ""}
					isPending={save.isPending}
					onSave={() => save.mutate(edit)}
					onDiscard={discard}
				/>
			)}
			{(save.error ?? effect.error) && <ErrorPanel error={save.error ?? effect.error} />}
		</>
	);
}

function isShown({ code, name, action, waiting }: MethodRow, search: string, show: string | null): boolean {
	if (show === "unmapped" && action !== "unmapped") return false;
	if (show === "waiting" && waiting === 0) return false;
	return `${code} ${name}`.toLowerCase().includes(search.toLowerCase());
}

function CartChoice({
	carts,
	value,
	onChange,
}: Pick<CartMethodsProps, "carts"> & { value: string; onChange: (id: string) => void }) {
	if (carts.length < 2) return null;
	const words = (cart: CartMethodsProps["carts"][number]) =>
		`${cart.name}, ${cart.merchant.name}${cart.waiting > 0 ? ` (${cart.waiting} wait)` : cart.unmapped > 0 ? ` (${cart.unmapped} not mapped)` : ""}`;
	const [first, ...rest] = [...carts].sort((a, b) => Number(b.id === value) - Number(a.id === value));
	return (
		<Choice
			label="Cart"
			any={first ? words(first) : ""}
			value={null}
			options={rest.map((cart) => ({ value: cart.id, label: words(cart) }))}
			onChange={(id) => id && onChange(id)}
		/>
	);
}

function PolicyChoice({
	value,
	mayWrite,
	onChange,
}: {
	value: "pass" | "refuse";
	mayWrite: boolean;
	onChange: (policy: "pass" | "refuse") => void;
}) {
	const words = { pass: "Codes not mapped pass through", refuse: "Codes not mapped hold the order" };
	if (!mayWrite) return <span className="text-[13px] text-muted">{words[value]}</span>;
	const other = value === "pass" ? "refuse" : "pass";
	return (
		<Choice
			label="Codes that are not mapped"
			any={words[value]}
			value={null}
			options={[{ value: other, label: words[other] }]}
			onChange={(chosen) => chosen === other && onChange(other)}
		/>
	);
}
