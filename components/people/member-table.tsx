"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { peopleView } from "@/lib/api/contract/people";
import { roleNames, seenWords, signInWords } from "@/lib/canonical/place-words";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { type Column, DataTable } from "../table/data-table";
import { ConfirmButton } from "../ui/confirm-button";
import { Time } from "../ui/time";
import { PlaceDialog } from "./place-dialog";

export type Member = z.output<typeof peopleView>["members"][number];

export function calledOf({ name, email }: { name: string | null; email: string }): string {
	return name ?? email;
}

/** The account's people with what they may do. */
export function MemberTable({ members }: { members: Member[] | undefined }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const mayWrite = useMay("people:write");
	const mayOwn = useMay("owners:write");
	const remove = useMutation(
		api.people.remove.mutationOptions({
			onSettled: () => queries.invalidateQueries({ queryKey: api.people.key() }),
		}),
	);
	const actions: Column<Member> = {
		id: "actions",
		label: "Change",
		align: "end",
		narrow: "detail",
		cell: (member) =>
			!member.you &&
			(member.role !== "owner" || mayOwn) && (
				<span className="flex justify-end gap-1.5">
					<PlaceDialog
						member={{
							id: member.id,
							called: calledOf(member),
							role: member.role,
							merchantId: member.merchant?.id ?? null,
							chosenMerchantIds: member.chosenMerchants?.map(({ id }) => id) ?? null,
						}}
					/>
					<ConfirmButton
						size="sm"
						label="Remove"
						heading={`Remove ${calledOf(member)}?`}
						isPending={remove.isPending && remove.variables.membershipId === member.id}
						onConfirm={() => remove.mutate({ accountId: account.id, membershipId: member.id })}
					>
						They see nothing of {account.name} from their next click on. Invitations they sent and nobody used yet are
						withdrawn. API keys they made go on working: revoke those they may still know. What they did stays in the
						audit log.
					</ConfirmButton>
				</span>
			),
	};
	const columns: Column<Member>[] = [
		{
			id: "name",
			label: "Person",
			cell: (member) => (
				<span className="block">
					<span className="font-medium">{calledOf(member)}</span>
					{member.you && <span className="text-muted"> (you)</span>}
					{member.name && <span className="block text-[12px] text-muted">{member.email}</span>}
				</span>
			),
		},
		{ id: "role", label: "Role", narrow: "status", cell: ({ role }) => roleNames[role] },
		...(account.kind === "fulfillment"
			? [{ id: "sees", label: "Sees", narrow: "detail" as const, cell: (member: Member) => seenWords(member) }]
			: []),
		{
			id: "factor",
			label: "Signs in",
			narrow: "detail",
			cell: ({ hasSecondFactor }) =>
				hasSecondFactor ? signInWords(true) : <span className="text-muted">{signInWords(false)}</span>,
		},
		{
			id: "seen",
			label: "Last seen",
			narrow: "detail",
			cell: ({ lastSeenAt }) => <Time at={lastSeenAt} none="not yet" />,
		},
		...(mayWrite ? [actions] : []),
	];
	return (
		<>
			{remove.isError && (
				<div className="mb-3">
					<ErrorPanel error={remove.error} />
				</div>
			)}
			<DataTable
				label="People"
				columns={columns}
				rows={members}
				rowId={({ id }) => id}
				empty={<EmptyState kind="nothing" title="Nobody here" />}
			/>
		</>
	);
}
