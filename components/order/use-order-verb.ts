"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** One thing a person does to an order: what it shows is read again afterwards. */
export function useOrderVerb<Input>(call: (input: Input) => Promise<unknown>, done?: () => void) {
	const queries = useQueryClient();
	return useMutation({
		mutationFn: call,
		onSuccess: async () => {
			await queries.invalidateQueries({ queryKey: api.orders.key() });
			done?.();
		},
	});
}
