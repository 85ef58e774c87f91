"use client";
import { Button } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { PickField } from "../form/pick-field";
import { ErrorPanel } from "../shell/error-panel";

interface AcceptLinkProps {
	token: string;
	/** The accounts of the person that may accept. */
	accounts: { id: string; name: string }[];
}

/** One press links the chosen account; opening the page alone uses nothing up. */
export function AcceptLink({ token, accounts }: AcceptLinkProps) {
	const [accountId, setAccountId] = useState(accounts[0]?.id ?? "");
	const accept = useMutation(
		api.accountLinks.accept.mutationOptions({
			onSuccess: () => window.location.assign(`/${accountId}/settings/links`),
		}),
	);
	return (
		<div className="flex flex-col gap-4">
			{accounts.length > 1 && (
				<PickField
					label="Account to link"
					value={accountId}
					options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
					onChange={(id) => id && setAccountId(id)}
				/>
			)}
			{accept.isError && <ErrorPanel error={accept.error} />}
			<Button
				fullWidth
				isPending={accept.isPending || accept.isSuccess}
				onPress={() => accept.mutate({ accountId, token })}
			>
				Link {accounts.find(({ id }) => id === accountId)?.name}
			</Button>
		</div>
	);
}
