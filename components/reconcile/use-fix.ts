"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** Mends a difference or all of a kind; the lists are read anew. */
export function useFix() {
	const queries = useQueryClient();
	return useMutation(
		api.reconcile.fix.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.reconcile.key() }),
		}),
	);
}
