"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { z } from "zod";
import { api, apiClient } from "@/lib/api/client";
import type { rulesContract } from "@/lib/api/contract/rules";
import { type Rule, ruleList } from "@/lib/canonical/rule";
import { useHub } from "../shell/hub-context";

export type RuleSet = Omit<z.output<NonNullable<(typeof rulesContract.get)["~orpc"]["outputSchema"]>>, "rules">;

/** The merchant's draft, and saving it: every change is kept at once, and the last one can be taken back. */
export function useRules(merchantId: string) {
	const { account } = useHub();
	const queries = useQueryClient();
	const one = { accountId: account.id, merchantId };
	const [done, setDone] = useState<{ words: string; before: Rule[] | null } | null>(null);
	const found = useQuery(api.rules.get.queryOptions({ input: one }));
	const known = found.data?.rules;
	const rules = useMemo(() => rulesOf(known ?? []), [known]);
	const save = useMutation({
		mutationFn: ({ rules }: { rules: Rule[]; words: string }) =>
			apiClient.rules.saveDraft({ ...one, rules, revision: found.data?.revision ?? 0 }),
		onSuccess: (saved, { words }) => {
			setDone({ words, before: words === takenBack ? null : rules });
			queries.setQueryData(api.rules.get.queryKey({ input: one }), saved);
			return queries.invalidateQueries({ queryKey: api.rules.waiting.key() });
		},
	});
	return {
		...{ one, found, rules, save, done },
		undo: (before: Rule[]) => save.mutate({ rules: before, words: takenBack }),
	};
}

/** Conditions within conditions arrive without their type. */
export function rulesOf(given: readonly unknown[]): Rule[] {
	return ruleList.parse(given);
}

const takenBack = "Taken back: the draft is as it was.";

/** The names of a merchant's carts and warehouses, by id. */
export function namesIn({ warehouses, carts }: Pick<RuleSet, "warehouses" | "carts">): (id: string) => string {
	const names = new Map([...warehouses, ...carts].map(({ id, name }) => [id, name]));
	return (id) => names.get(id) ?? (id === "" ? "…" : "a connection that is gone");
}

/** In the order they stand, ten apart. */
export function ranked(rules: readonly Rule[]): Rule[] {
	return rules.map((rule, place) => ({ ...rule, rank: (place + 1) * 10 }));
}
