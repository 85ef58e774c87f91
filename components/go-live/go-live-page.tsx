"use client";
import { Button } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { gate } from "@/lib/api/contract/go-live";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMaySetUp } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { PageProblem } from "../shell/page-problem";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { GateChecks } from "./gate-checks";
import { GateOrders } from "./gate-orders";

export function GoLivePage({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const href = useHref();
	const input = { accountId: account.id, connectionId };
	const cart = useQuery(api.connections.get.queryOptions({ input }));
	// It asks both systems, so it is asked again only when somebody wants that.
	const found = useQuery(api.goLive.preview.queryOptions({ input, refetchOnWindowFocus: false, staleTime: 60_000 }));
	const trail = [
		{ label: "Connections", href: href("connections") },
		{ label: cart.data?.name ?? "Connection", href: href(`connections/${connectionId}`) },
	];
	const error = found.error ?? cart.error;
	if (error && !found.data)
		return <PageProblem title="Go live" trail={trail} error={error} retry={() => void found.refetch()} />;
	if (!found.data || !cart.data) return <SkeletonPage label="what waits, and both systems" />;
	return (
		<>
			<PageHeader
				trail={trail}
				title={`Let ${cart.data.name} go live`}
				actions={
					<Button variant="outline" isPending={found.isFetching} onPress={() => void found.refetch()}>
						Check again
					</Button>
				}
			>
				Nothing is sent before you press Go live at the end of this page.
			</PageHeader>
			{!found.data.inTest && (
				<Notice
					tone="done"
					title={`${cart.data.name} is live`}
					action={<LinkButton href={href(`connections/${connectionId}`)}>Open the connection</LinkButton>}
				/>
			)}
			<Section title="Checked just now" about="Both systems were asked." bare>
				<GateChecks checks={found.data.checks} />
			</Section>
			{found.data.inTest && <Release connectionId={connectionId} name={cart.data.name} gate={found.data} />}
		</>
	);
}

interface ReleaseProps {
	connectionId: string;
	name: string;
	gate: z.output<typeof gate>;
}

/** What would be released, what to leave out, and the one button. */
function Release({ connectionId, name, gate: { orders, waiting, mayGoLive } }: ReleaseProps) {
	const { account } = useHub();
	const href = useHref();
	const router = useRouter();
	const queries = useQueryClient();
	const maySetUp = useMaySetUp("source");
	const [leave, setLeave] = useState<ReadonlySet<string>>(new Set());
	const goLive = useMutation(
		api.goLive.goLive.mutationOptions({
			onSuccess: async () => {
				await queries.invalidateQueries();
				router.push(href(`connections/${connectionId}`));
			},
		}),
	);
	const released = waiting - leave.size;
	return (
		<>
			<Section
				bare
				title={waiting === 0 ? "No order waits" : `${plural(waiting, "order")} would be released`}
				about={
					waiting === 0
						? "Orders that load from now on go to the warehouse at once."
						: "Oldest first. Take the tick away from an order that must not go: it stays here, held."
				}
			>
				{waiting > 0 && <GateOrders orders={orders} waiting={waiting} leave={leave} onLeave={setLeave} />}
			</Section>
			{goLive.error && <ErrorPanel error={goLive.error} />}
			<div className="flex flex-wrap items-center justify-end gap-x-4 gap-y-2">
				<p className="text-[13px] text-muted">
					{mayGoLive
						? `${name} is then told stock, and its new orders go to the warehouse by themselves.`
						: "Connect a warehouse first."}
				</p>
				<Button
					isDisabled={!mayGoLive || !maySetUp}
					isPending={goLive.isPending}
					onPress={() => goLive.mutate({ accountId: account.id, connectionId, leave: [...leave] })}
				>
					{released > 0 ? `Go live and release ${plural(released, "order")}` : "Go live"}
				</Button>
			</div>
		</>
	);
}
