"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { peopleView } from "@/lib/api/contract/people";
import { roleNames, seenWords } from "@/lib/canonical/place-words";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { type Column, DataTable } from "../table/data-table";
import { ConfirmButton } from "../ui/confirm-button";
import { Notice } from "../ui/notice";
import { Time } from "../ui/time";

type Invitation = z.output<typeof peopleView>["invitations"][number];

/** Who was invited and has not come yet. */
export function InvitationTable({ invitations }: { invitations: Invitation[] }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const mayWrite = useMay("people:write");
	const onSettled = () => queries.invalidateQueries({ queryKey: api.people.key() });
	const resend = useMutation(api.invitations.resend.mutationOptions({ onSettled }));
	const withdraw = useMutation(api.invitations.withdraw.mutationOptions({ onSettled }));
	const accountId = account.id;
	const actions: Column<Invitation> = {
		id: "actions",
		label: "Change",
		align: "end",
		narrow: "detail",
		cell: ({ id, email }) => (
			<span className="flex justify-end gap-1.5">
				<Button
					size="sm"
					variant="outline"
					aria-label={`Resend to ${email}`}
					isPending={resend.isPending && resend.variables.invitationId === id}
					onPress={() => resend.mutate({ accountId, invitationId: id })}
				>
					Resend
				</Button>
				<ConfirmButton
					size="sm"
					label="Withdraw"
					heading={`Withdraw the invitation of ${email}?`}
					isPending={withdraw.isPending && withdraw.variables.invitationId === id}
					onConfirm={() => withdraw.mutate({ accountId, invitationId: id })}
				>
					The link in the mail stops working at once.
				</ConfirmButton>
			</span>
		),
	};
	const columns: Column<Invitation>[] = [
		{
			id: "email",
			label: "Mail address",
			cell: ({ email, invitedBy }) => (
				<span className="block">
					<span className="font-medium">{email}</span>
					{invitedBy && <span className="block text-[12px] text-muted">invited by {invitedBy}</span>}
				</span>
			),
		},
		{ id: "role", label: "Role", narrow: "status", cell: ({ role }) => roleNames[role] },
		...(account.kind === "fulfillment"
			? [{ id: "sees", label: "Will see", narrow: "detail" as const, cell: (row: Invitation) => seenWords(row) }]
			: []),
		{ id: "state", label: "State", narrow: "detail", cell: (row) => <InvitationState invitation={row} /> },
		...(mayWrite ? [actions] : []),
	];
	const failed = resend.error ?? withdraw.error;
	const sentTo = resend.isSuccess && invitations.find(({ id }) => id === resend.variables.invitationId)?.email;
	return (
		<div className="flex flex-col gap-3">
			{failed && <ErrorPanel error={failed} />}
			{sentTo && !failed && (
				<Notice tone="done" live>
					A new link went to {sentTo}. The one before no longer works.
				</Notice>
			)}
			<DataTable label="Invitations" columns={columns} rows={invitations} rowId={({ id }) => id} empty={null} />
		</div>
	);
}

function InvitationState({ invitation: { sentAt, expiresAt, expired } }: { invitation: Invitation }) {
	if (expired)
		return (
			<span className="text-warning">
				Expired <Time at={expiresAt} />
			</span>
		);
	if (!sentAt) return <span className="font-medium text-danger">The mail was not sent: press Resend</span>;
	return (
		<span>
			Sent <Time at={sentAt} />, expires <Time at={expiresAt} />
		</span>
	);
}
