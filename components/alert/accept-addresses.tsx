"use client";
import { Button } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import { BulkDialog } from "../order/bulk-dialog";
import { bulkLabels } from "../order/bulk-words";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import type { AlertDetail } from "./alert-page";

/** As many orders as one operation names one by one. */
const most = 1000;

/** Takes the proposed address for the orders that wait: what would happen to each is shown first, and can be undone. */
export function AcceptAddresses({ alert }: { alert: AlertDetail }) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const [, setBulkId] = useQueryState("bulk", parseAsString);
	const [orderIds, setOrderIds] = useState<string[] | null>(null);
	const gather = useMutation({
		mutationFn: () => readWaiting(account.id, alert.id),
		onSuccess: setOrderIds,
	});
	if (!mayWrite || !alert.proposes) return null;
	return (
		<>
			{gather.error && <ErrorPanel error={gather.error} />}
			<Button isPending={gather.isPending} onPress={() => gather.mutate()}>
				{bulkLabels["accept-address"]}
			</Button>
			{orderIds && orderIds.length > 0 && (
				<BulkDialog
					choice={{ verb: "accept-address", reason: "", shipping: "", orderIds }}
					onClose={() => setOrderIds(null)}
					onStarted={(id) => {
						setOrderIds(null);
						void setBulkId(id);
					}}
				/>
			)}
		</>
	);
}

async function readWaiting(accountId: string, alertId: string): Promise<string[]> {
	const ids: string[] = [];
	let after: string | undefined;
	do {
		const page = await apiClient.alerts.waiting({ accountId, alertId, limit: 200, ...(after && { after }) });
		ids.push(...page.items.map(({ id }) => id));
		after = page.next ?? undefined;
	} while (after && ids.length < most);
	return ids.slice(0, most);
}
