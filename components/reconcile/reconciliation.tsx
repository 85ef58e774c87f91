"use client";
import { Button } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryState } from "nuqs";
import { api } from "@/lib/api/client";
import { type DifferenceKind, differenceKindNames } from "@/lib/canonical/difference";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { Time } from "../ui/time";
import { AgreementBars } from "./agreement-bars";
import { DifferenceList } from "./difference-list";
import { KindCards } from "./kind-cards";
import { comparedWords } from "./reconcile-words";
import { ReconciliationHistory } from "./reconciliation-history";

/** How far both sides of a connection agree: the last comparison, what differs with its button, and those before. */
export function Reconciliation({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const mayRun = useMay("runs:write");
	const mayRead = useMay("orders:read");
	const queries = useQueryClient();
	const [kind, setKind] = useQueryState("kind", parseAsStringLiteral(differenceKindNames));
	const found = useQuery(
		api.reconcile.get.queryOptions({ input: { accountId: account.id, connectionId }, refetchInterval: 4_000 }),
	);
	const run = useMutation(
		api.connections.runNow.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.reconcile.key() }),
		}),
	);
	if (found.isError && !found.data) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <SkeletonPage label="the reconciliation" />;
	const { flowId, running, history, open } = found.data;
	const last = history.find(({ state }) => state === "done");
	if (!flowId)
		return (
			<div className="card-frame">
				<EmptyState kind="nothing" title="Nothing to compare">
					This system has nothing that could be read and held against what is here.
				</EmptyState>
			</div>
		);
	const button = mayRun && (
		<Button
			size="sm"
			isPending={run.isPending || running !== null}
			onPress={() => run.mutate({ accountId: account.id, flowId })}
		>
			{running ? "Comparing" : "Compare now"}
		</Button>
	);
	return (
		<>
			<Section
				title="What both sides say"
				about={
					running ? (
						<span role="status">
							Under way since <Time at={running.startedAt} />: {comparedWords(running.compared)} compared so far.
						</span>
					) : last ? (
						<>
							Last compared <Time at={last.endedAt} />: {comparedWords(last.compared)}.
						</>
					) : (
						"By its schedule, what the other side says is held against what is here."
					)
				}
				actions={button}
			>
				{last ? (
					<AgreementBars compared={last.compared} open={open} />
				) : (
					<EmptyState kind="first" title="Not compared yet">
						It compares the orders, shipments and stock of the last 30 days, changes nothing, and lists what differs
						with the button that mends it. It runs by its schedule, once a day unless you set another.
					</EmptyState>
				)}
			</Section>
			{run.error && <ErrorPanel error={run.error} />}
			{last && open.length === 0 && (
				<div className="card-frame mb-6">
					<EmptyState kind="nothing" title="Everything agrees">
						The next comparison runs by itself; what it finds is listed here.
					</EmptyState>
				</div>
			)}
			{open.length > 0 && (
				<KindCards connectionId={connectionId} open={open} chosen={kind} onChoose={(one) => void setKind(one)} />
			)}
			{mayRead && (open.length > 0 || last) && (
				<DifferenceList connectionId={connectionId} kind={kind as DifferenceKind | null} anyOpen={open.length > 0} />
			)}
			{history.length > 0 && <ReconciliationHistory history={history} />}
		</>
	);
}
