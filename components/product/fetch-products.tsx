"use client";
import { Button } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { apiClient } from "@/lib/api/client";
import { useHub, useMay } from "../shell/hub-context";
import { readProblem } from "../ui/problem";

/** Reads the products of these merchants' warehouses now, and says where that began. */
export function FetchProducts({ merchantIds }: { merchantIds: string[] }) {
	const { account } = useHub();
	const mayRun = useMay("runs:write");
	const fetch = useMutation({
		mutationFn: async () => {
			const answers = await Promise.all(
				merchantIds.map((merchantId) => apiClient.products.fetch({ accountId: account.id, merchantId })),
			);
			return answers.reduce((sum, { started }) => sum + started, 0);
		},
	});
	if (!mayRun) return null;
	return (
		<span className="inline-flex flex-wrap items-center gap-2">
			<span className="text-[13px] text-muted" role="status">
				{fetch.isError ? readProblem(fetch.error).sentence : fetch.isSuccess && startedWords(fetch.data)}
			</span>
			<Button size="sm" variant="outline" isPending={fetch.isPending} onPress={() => fetch.mutate()}>
				Fetch products
			</Button>
		</span>
	);
}

function startedWords(warehouses: number): string {
	if (warehouses === 0) return "No warehouse that is connected tells its products.";
	return `It began in ${warehouses === 1 ? "one warehouse" : `${warehouses} warehouses`}; they appear here by themselves.`;
}
