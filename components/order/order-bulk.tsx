"use client";
import { Button } from "@heroui/react";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { useHub, useMay } from "../shell/hub-context";
import { BulkBar } from "../table/bulk-bar";
import { ConfirmButton } from "../ui/confirm-button";
import { Notice } from "../ui/notice";
import { readProblem } from "../ui/problem";
import { Progress } from "../ui/progress";
import type { OrderRow } from "./order-columns";

interface Work {
	verb: string;
	done: number;
	total: number;
	startedAt: Date;
	/** Why some could not be changed: sentence by order number. */
	problems: string[];
	ended: boolean;
}

/** Verbs on many orders at once, one after the other, with progress; what could not be done is said order by order. */
export function OrderBulk({
	orders,
	selected,
	clear,
}: {
	orders: OrderRow[];
	selected: Set<string>;
	clear: () => void;
}) {
	const { account } = useHub();
	const mayWrite = useMay("orders:write");
	const queries = useQueryClient();
	const [work, setWork] = useState<Work | null>(null);
	const chosen = orders.filter(({ id }) => selected.has(id));
	if (!mayWrite) return null;
	const run = async (verb: string, act: (orderId: string) => Promise<unknown>) => {
		const state: Work = { verb, done: 0, total: chosen.length, startedAt: new Date(), problems: [], ended: false };
		setWork({ ...state });
		for (const order of chosen) {
			await act(order.id).catch((error) => state.problems.push(readProblem(error).sentence));
			state.done++;
			setWork({ ...state });
		}
		setWork({ ...state, ended: true });
		clear();
		await queries.invalidateQueries({ queryKey: api.orders.key() });
	};
	const one = (orderId: string) => ({ accountId: account.id, orderId });
	const n = chosen.length;
	const many = n === 1 ? "1 order" : `${n} orders`;
	return (
		<>
			{work && <BulkResult work={work} />}
			<BulkBar count={n} noun={["order", "orders"]} onClear={clear}>
				<Button
					size="sm"
					variant="outline"
					onPress={() => void run("resent", (id) => apiClient.orders.resend(one(id)))}
				>
					Resend {many}
				</Button>
				<Button
					size="sm"
					variant="outline"
					onPress={() => void run("held", (id) => apiClient.orders.hold({ ...one(id), reason: "" }))}
				>
					Hold {many}
				</Button>
				<Button
					size="sm"
					variant="outline"
					onPress={() => void run("released", (id) => apiClient.orders.release(one(id)))}
				>
					Release {many}
				</Button>
				<ConfirmButton
					label={`Cancel sending of ${many}`}
					heading={`Cancel sending of ${many}?`}
					onConfirm={() => void run("kept from being sent", (id) => apiClient.orders.cancelSending(one(id)))}
				>
					They stay here and are never sent to the warehouse, until you enable sending again on their pages.
				</ConfirmButton>
			</BulkBar>
		</>
	);
}

function BulkResult({ work }: { work: Work }) {
	if (!work.ended)
		return (
			<div className="mt-3">
				<Progress done={work.done} total={work.total} of="orders" startedAt={work.startedAt} />
			</div>
		);
	const well = work.total - work.problems.length;
	return (
		<div className="mt-3">
			<Notice
				tone={work.problems.length > 0 ? "look" : "done"}
				title={`${well} of ${work.total} ${work.total === 1 ? "order" : "orders"} ${work.verb}`}
				live
			>
				{work.problems.length > 0 && (
					<ul className="list-inside list-disc">
						{work.problems.map((problem) => (
							<li key={problem}>{problem}</li>
						))}
					</ul>
				)}
			</Notice>
		</div>
	);
}
