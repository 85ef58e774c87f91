"use client";
import { useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";

/** After something was done to an alert, what shows alerts is read anew. */
export function useAfterAlert(): { onSuccess: () => Promise<unknown> } {
	const queries = useQueryClient();
	return {
		onSuccess: () =>
			Promise.all([
				queries.invalidateQueries({ queryKey: api.alerts.key() }),
				queries.invalidateQueries({ queryKey: api.overview.key() }),
				queries.invalidateQueries({ queryKey: api.people.key() }),
			]),
	};
}
