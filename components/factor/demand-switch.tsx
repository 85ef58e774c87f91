"use client";
import { Switch } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub } from "../shell/hub-context";
import { LinkButton } from "../ui/link-button";
import { Notice } from "../ui/notice";

/** Whether everyone in the account needs a second factor. */
export function DemandSwitch() {
	const { account } = useHub();
	const href = useHref();
	const queries = useQueryClient();
	const demand = useMutation(
		api.secondFactor.demand.mutationOptions({
			onSettled: () => queries.invalidateQueries({ queryKey: api.people.key() }),
		}),
	);
	const isOwnMissing = demand.error && "problem" in demand.error && isOwnFirst(demand.error.problem);
	const on = demand.isPending ? demand.variables.demanded : account.demandsFactor;
	return (
		<div className="flex flex-col gap-3">
			<Switch
				isSelected={on}
				isDisabled={demand.isPending}
				onChange={(demanded) => demand.mutate({ accountId: account.id, demanded })}
			>
				<Switch.Content>
					<Switch.Control>
						<Switch.Thumb />
					</Switch.Control>
					Everyone must use a second factor
				</Switch.Content>
			</Switch>
			<p className="max-w-prose text-[13px] text-muted">
				Who has none yet is asked to set one up before they see anything of {account.name}. API keys keep working. The
				list of people shows who has one.
			</p>
			{isOwnMissing ? (
				<Notice
					tone="look"
					title="Set up your own second factor first"
					live
					action={<LinkButton href={href("settings/you")}>Set up mine</LinkButton>}
				>
					You have none yet, so this would shut you out. Nothing was changed.
				</Notice>
			) : (
				demand.error && <ErrorPanel error={demand.error} />
			)}
		</div>
	);
}

function isOwnFirst(problem: unknown): boolean {
	return typeof problem === "object" && problem !== null && "code" in problem && problem.code === "own-factor-first";
}
