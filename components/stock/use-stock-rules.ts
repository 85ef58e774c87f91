"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import type { StockRule } from "@/lib/canonical/stock-rules";
import { useHub } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { keyOf, type RuleDraft, ruleOf } from "./rule-draft";

export interface Change {
	cart: { name: string };
	skus: number;
}

/** What is typed and not saved, what saving it would do, and the saving itself. */
export function useStockRules(merchantId: string) {
	const { account } = useHub();
	const queries = useQueryClient();
	const one = { accountId: account.id, merchantId };
	const [drafts, setDrafts] = useState<ReadonlyMap<string, RuleDraft>>(new Map());
	const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
	const [done, setDone] = useState<{ changeId: string | null; sentence: string } | null>(null);
	const given = [...drafts.values()].map(ruleOf);
	const rows = given.flatMap((found): StockRule[] => ("rule" in found ? [found.rule] : []));
	const remove = [...removed].map((key) => {
		const [connectionId = "", sku = ""] = key.split("\n");
		return { connectionId, sku };
	});
	const typed = usePaused(JSON.stringify({ rows, remove }));
	const count = drafts.size + removed.size;
	const preview = useQuery(
		api.stockRules.preview.queryOptions({
			input: { ...one, ...(JSON.parse(typed) as { rows: StockRule[]; remove: typeof remove }) },
			enabled: count > 0 && typed !== nothing,
			placeholderData: keepPreviousData,
		}),
	);
	const discard = () => {
		setDrafts(new Map());
		setRemoved(new Set());
	};
	const settled = async (words: { changeId: string | null; sentence: string }) => {
		setDone(words);
		const stale = [api.stockRules, api.inventory, api.connections, api.alerts];
		await Promise.all(stale.map((some) => queries.invalidateQueries({ queryKey: some.key() })));
	};
	const save = useMutation({
		mutationFn: () => apiClient.stockRules.save({ ...one, rows, remove }),
		onSuccess: async ({ changeId, saved }) => {
			await settled({ changeId, sentence: `${plural(saved, "rule")} saved. The carts are told what changes.` });
			discard();
		},
	});
	const undo = useMutation({
		mutationFn: (stockChangeId: string) => apiClient.stockRules.undo({ ...one, stockChangeId }),
		onSuccess: () => settled({ changeId: null, sentence: "Taken back: the rules are as they were before." }),
	});
	const change = (key: string, draft: RuleDraft | null) =>
		setDrafts((before) => {
			const next = new Map(before);
			if (draft) next.set(key, draft);
			else next.delete(key);
			return next;
		});
	const problem = given.flatMap((found) => ("problem" in found ? [found.problem] : []))[0];
	const refused = typed === nothing ? undefined : preview.data?.effects.find(({ effect }) => effect === "refused");
	return {
		...{ drafts, change, removed, setRemoved, discard, save, undo, done, settled, count },
		problem: problem ?? (count > 0 ? refused?.sentence : undefined),
		changes: preview.data?.changes,
		isCounting: preview.isFetching || typed !== JSON.stringify({ rows, remove }),
		draftFor: (rule: { connectionId: string; sku: string }) => drafts.get(keyOf(rule)),
	};
}

const nothing = JSON.stringify({ rows: [], remove: [] });

/** What was typed once typing pauses: counting goes over every SKU. */
function usePaused(text: string): string {
	const [paused, setPaused] = useState(text);
	useEffect(() => {
		const timer = setTimeout(() => setPaused(text), 350);
		return () => clearTimeout(timer);
	}, [text]);
	return paused;
}

/** "12 figures change: Vendure 10, Second 2." */
export function changeWords(changes: Change[]): string {
	const total = changes.reduce((sum, { skus }) => sum + skus, 0);
	if (total === 0) return "No figure changes.";
	const each = changes.map(({ cart, skus }) => `${cart.name} ${skus.toLocaleString("en")}`).join(", ");
	return `${plural(total, "figure changes", "figures change")}: ${each}.`;
}
