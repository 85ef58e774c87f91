"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { ownSession } from "@/lib/api/contract/people";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { type Column, DataTable } from "../table/data-table";
import { ConfirmButton } from "../ui/confirm-button";
import { Notice } from "../ui/notice";
import { plural } from "../ui/plural";
import { Time } from "../ui/time";

type Session = z.output<typeof ownSession>;

/** The devices a person is signed in on; each can be signed out from here. */
export function SessionList() {
	const queries = useQueryClient();
	const sessions = useQuery(api.me.sessions.queryOptions({ refetchInterval: 30_000 }));
	const onSettled = () => queries.invalidateQueries({ queryKey: api.me.key() });
	const end = useMutation(
		api.me.endSession.mutationOptions({
			onSettled,
			onSuccess: (_, { sessionId }) => {
				if (sessions.data?.items.some(({ id, current }) => current && id === sessionId))
					window.location.assign("/sign-in");
			},
		}),
	);
	const endOthers = useMutation(api.me.endOtherSessions.mutationOptions({ onSettled }));
	if (sessions.isError && !sessions.data)
		return <ErrorPanel error={sessions.error} retry={() => void sessions.refetch()} />;
	const columns: Column<Session>[] = [
		{
			id: "device",
			label: "Device",
			cell: ({ device, current }) => (
				<>
					<span className="font-medium">{device}</span>
					{current && <span className="text-muted"> (this one)</span>}
				</>
			),
		},
		{ id: "network", label: "Network", narrow: "detail", cell: ({ network }) => <Network network={network} /> },
		{ id: "seen", label: "Last used", narrow: "detail", cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
		{ id: "since", label: "Signed in", cell: ({ createdAt }) => <Time at={createdAt} /> },
		{
			id: "actions",
			label: "End",
			align: "end",
			narrow: "status",
			cell: ({ id, device, current }) => (
				<ConfirmButton
					size="sm"
					label="Sign out"
					heading={current ? "Sign out here?" : `Sign out on ${device}?`}
					isPending={end.isPending && end.variables.sessionId === id}
					onConfirm={() => end.mutate({ sessionId: id })}
				>
					{current
						? "To come back, ask for a link by mail."
						: "That device is signed out with its next click. To come back, it needs a link from your mail."}
				</ConfirmButton>
			),
		},
	];
	const others = (sessions.data?.items.length ?? 1) - 1;
	const failed = end.error ?? endOthers.error;
	return (
		<div className="flex flex-col items-start gap-3 *:w-full">
			{failed && <ErrorPanel error={failed} />}
			{endOthers.isSuccess && (
				<Notice tone="done" live>
					{plural(endOthers.data.ended, "other session")} ended.
				</Notice>
			)}
			<DataTable
				label="Sessions"
				columns={columns}
				rows={sessions.data?.items}
				rowId={({ id }) => id}
				empty={<EmptyState kind="nothing" title="No session" />}
			/>
			{others > 0 && (
				<span>
					<ConfirmButton
						label="Sign out everywhere else"
						heading={`Sign out on ${plural(others, "other device")}?`}
						isPending={endOthers.isPending}
						onConfirm={() => endOthers.mutate()}
					>
						You stay signed in here. Do this when a device was lost, or when you do not know one of them.
					</ConfirmButton>
				</span>
			)}
		</div>
	);
}

function Network({ network }: { network: string }) {
	return network ? <code>{network}</code> : <span className="text-muted">unknown</span>;
}
