"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { PickField } from "../form/pick-field";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { Section } from "../ui/section";
import { calledOf, type Member } from "./member-table";

/** Handing the account over, and going. */
export function LeaveSection({ members }: { members: Member[] }) {
	const { account } = useHub();
	const mayOwn = useMay("owners:write");
	const leave = useMutation(
		// A whole new page: nothing of the account may stay in the browser's memory.
		api.people.leave.mutationOptions({ onSuccess: () => window.location.assign("/") }),
	);
	const others = members.filter(({ you, merchant }) => !you && !merchant);
	const isLastOwner = mayOwn && !others.some(({ role }) => role === "owner");
	return (
		<>
			{mayOwn && others.length > 0 && (
				<Section
					title="Hand the account over"
					about="Somebody else becomes its owner, and you become an admin. Only they can change that again."
				>
					<HandOver others={others} />
				</Section>
			)}
			<Section title={`Leave ${account.name}`} about="To come back, somebody has to invite you.">
				{isLastOwner ? (
					<p className="text-[13px]">
						You are the last owner: an account always has one, so you can leave once somebody else is an owner too.
					</p>
				) : (
					<div className="flex flex-col items-start gap-3">
						{leave.isError && <ErrorPanel error={leave.error} />}
						<ConfirmButton
							label="Leave the account"
							heading={`Leave ${account.name}?`}
							isPending={leave.isPending}
							onConfirm={() => leave.mutate({ accountId: account.id })}
						>
							You see nothing of it any more, from now on. Invitations you sent and nobody used yet are withdrawn.
						</ConfirmButton>
					</div>
				)}
			</Section>
		</>
	);
}

function HandOver({ others }: { others: Member[] }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [chosen, setChosen] = useState<string | null>(null);
	const handOver = useMutation(
		api.people.handOver.mutationOptions({
			onSuccess: async () => {
				setChosen(null);
				await queries.invalidateQueries({ queryKey: api.people.key() });
			},
		}),
	);
	const member = others.find(({ id }) => id === chosen);
	return (
		<div className="flex max-w-md flex-col items-start gap-3">
			<PickField
				label="New owner"
				value={chosen}
				options={others.map((other) => ({ value: other.id, label: calledOf(other) }))}
				onChange={setChosen}
			/>
			{handOver.isError && <ErrorPanel error={handOver.error} />}
			{member && (
				<ConfirmButton
					label="Hand the account over"
					heading={`Make ${calledOf(member)} the owner?`}
					isPending={handOver.isPending}
					onConfirm={() => handOver.mutate({ accountId: account.id, membershipId: member.id })}
				>
					You become an admin at once, and cannot take this back by yourself.
				</ConfirmButton>
			)}
		</div>
	);
}
