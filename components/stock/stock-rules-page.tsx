"use client";
import { Button } from "@heroui/react";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { EditBar } from "../mapping/edit-bar";
import { MerchantFilter } from "../mapping/merchant-filter";
import { useItemMerchant } from "../mapping/use-items";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay, useMaySetUp } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { CartRules, type Rules } from "./cart-rules";
import { SkuSection } from "./sku-section";
import { changeWords, useStockRules } from "./use-stock-rules";

const about = "What each cart is told of the stock there is. Nothing is saved before you see how many figures change.";

/** How the figures of a merchant's carts are made, edited where it stands. */
export function StockRulesPage() {
	const { merchantId } = useItemMerchant();
	const href = useHref();
	const trail = [{ label: "Inventory", href: href("inventory") }];
	return (
		<>
			<PageHeader title="Stock rules" trail={trail} actions={<MerchantFilter />}>
				{about}
			</PageHeader>
			{merchantId ? (
				<MerchantRules key={merchantId} merchantId={merchantId} />
			) : (
				<EmptyState kind="first" title="No merchants yet">
					Stock rules belong to a merchant's carts. Add a merchant first.
				</EmptyState>
			)}
		</>
	);
}

function MerchantRules({ merchantId }: { merchantId: string }) {
	const { account } = useHub();
	const mayWrite = useMay("connections:write");
	const maySetUp = useMaySetUp("source");
	const href = useHref();
	const state = useStockRules(merchantId);
	const found = useQuery(api.stockRules.read.queryOptions({ input: { accountId: account.id, merchantId } }));
	if (found.isError) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	const rules = found.data;
	if (!rules) return <SkeletonPage label="the stock rules" />;
	if (rules.carts.length === 0)
		return (
			<EmptyState
				kind="first"
				title="No cart takes stock yet"
				action={maySetUp && <LinkButton href={href("connections/new")}>Connect a cart</LinkButton>}
			>
				Rules say what a cart is told. Connect the merchant's cart first.
			</EmptyState>
		);
	return (
		<>
			<Saved state={state} latest={rules.latest} mayWrite={mayWrite} />
			{rules.leaks.map((leak) => (
				<div key={leak} className="mb-3">
					<Notice tone="look" title={leak} />
				</div>
			))}
			<Section title="Carts" about={<RuleText />} bare>
				<CartRules rules={rules} state={state} mayWrite={mayWrite} />
			</Section>
			<SkuSection {...{ merchantId, state, mayWrite }} carts={rules.carts.map(({ cart }) => cart)} />
			{state.count > 0 && <Changes state={state} />}
		</>
	);
}

/** The order of the terms, and how shares are rounded: what one must know to follow a number. */
function RuleText() {
	return (
		<>
			From left to right: what the chosen locations have, less orders that they do not know of; the safety stock is kept
			back; of the rest the cart gets its share, but no more than its cap. With fewer units left than “Steps back below”
			the cart is told 0, and its share goes to the carts with a smaller priority number, in their order and up to their
			caps. Below the minimum the cart is told 0. Shares are rounded by largest remainder: 9 units at 60 and 40 % are
			5.4 and 3.6, so 5 and 4. Where remainders are equal, the cart with the smaller priority number gets the unit, then
			the older one.
		</>
	);
}

interface SavedProps {
	state: ReturnType<typeof useStockRules>;
	latest: Rules["latest"];
	mayWrite: boolean;
}

/** What was saved, and the way back: also for what somebody saved earlier. */
function Saved({ state, latest, mayWrite }: SavedProps) {
	const { done, undo } = state;
	const changeId = done ? done.changeId : (latest?.id ?? null);
	if (!done && !undo.error && !latest) return null;
	const by = latest ? `${plural(latest.rows, "rule")} saved${latest.byName ? ` by ${latest.byName}` : ""}.` : "";
	return (
		<div className="mb-3 flex flex-col gap-2">
			{undo.error && <ErrorPanel error={undo.error} />}
			<Notice
				tone={done ? "done" : "info"}
				title={done?.sentence ?? `Last change: ${by}`}
				live={done !== null}
				action={
					changeId !== null &&
					mayWrite && (
						<Button size="sm" variant="outline" isPending={undo.isPending} onPress={() => undo.mutate(changeId)}>
							Undo
						</Button>
					)
				}
			/>
		</div>
	);
}

function Changes({ state }: { state: ReturnType<typeof useStockRules> }) {
	const { count, problem, changes, isCounting, save } = state;
	const effect = problem ? (
		<span className="text-danger">{problem}</span>
	) : changes && !isCounting ? (
		changeWords(changes)
	) : (
		"Counting figures …"
	);
	return (
		<>
			{save.error && <ErrorPanel error={save.error} />}
			<EditBar
				words={`${plural(count, "rule")} changed.`}
				effect={effect}
				isPending={save.isPending}
				isDisabled={problem !== undefined || isCounting}
				onSave={() => save.mutate()}
				onDiscard={state.discard}
			/>
		</>
	);
}
