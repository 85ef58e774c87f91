"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { accountLink } from "@/lib/api/contract/account-links";
import { useHub } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { readProblem } from "../ui/problem";
import { Time } from "../ui/time";

type AccountLink = z.output<typeof accountLink>;

/** One link with its state, and the button that ends it. */
export function AccountLinkRow({ link }: { link: AccountLink }) {
	const { account, accounts } = useHub();
	const queries = useQueryClient();
	const end = useMutation(
		api.accountLinks.end.mutationOptions({
			onSettled: () => queries.invalidateQueries({ queryKey: api.accountLinks.key() }),
		}),
	);
	const active = link.state === "active";
	const called = link.account ?? link.email;
	const opens = active && accounts.some(({ id }) => id === link.accountId);
	return (
		<li className="flex flex-wrap items-center gap-x-6 gap-y-1 py-2.5">
			<span className="min-w-0 flex-1 basis-60">
				<span className="block break-words font-medium">
					{opens ? (
						<Link href={`/${link.accountId}`} className="text-accent underline">
							{called}
						</Link>
					) : (
						called
					)}
				</span>
				<span className="text-muted">
					{link.sentHere ? `Asked by ${link.invitedBy || "a program"}` : "They asked"} <Time at={link.createdAt} />
				</span>
			</span>
			<span className="text-muted">
				<State link={link} />
			</span>
			{(active || link.state === "pending") && (
				<ConfirmButton
					size="sm"
					label={active ? "End the link" : "Withdraw"}
					heading={active ? `End the link with ${called}?` : `Withdraw the invitation of ${called}?`}
					isPending={end.isPending}
					onConfirm={() => end.mutate({ accountId: account.id, accountLinkId: link.id })}
				>
					{!active
						? "The link in the mail stops working at once."
						: account.kind === "fulfillment"
							? "Your staff see nothing of their account from their next click on, and the access details you entered for the warehouse are removed there. Their carts, orders and history stay theirs."
							: "Their staff see nothing of your account from their next click on. The access details they entered for the warehouse are removed: orders wait until you enter your own. Carts, orders and history stay yours."}
				</ConfirmButton>
			)}
			{end.isError && <span className="basis-full text-danger">{readProblem(end.error).sentence}</span>}
		</li>
	);
}

function State({ link: { state, acceptedAt, endedAt, endedHere, expiresAt } }: { link: AccountLink }) {
	if (state === "active")
		return (
			<>
				<span className="font-medium text-success">Linked</span> since <Time at={acceptedAt} />
			</>
		);
	if (state === "pending")
		return (
			<>
				<span className="font-medium text-warning">Waits for an answer</span>, expires <Time at={expiresAt} />
			</>
		);
	if (state === "expired")
		return (
			<>
				Expired <Time at={expiresAt} />
			</>
		);
	const verb = state === "withdrawn" ? "Withdrawn" : endedHere ? "Ended by you" : "Ended by them";
	return (
		<>
			{verb} <Time at={endedAt} />
		</>
	);
}
