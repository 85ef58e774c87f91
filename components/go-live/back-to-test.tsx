"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMaySetUp } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";

/** Holds a live cart's orders again. */
export function BackToTest({ connection }: { connection: { id: string; name: string } }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const maySetUp = useMaySetUp("source");
	const back = useMutation(api.goLive.backToTest.mutationOptions({ onSuccess: () => queries.invalidateQueries() }));
	if (!maySetUp) return null;
	return (
		<>
			{back.error && <ErrorPanel error={back.error} />}
			<ConfirmButton
				label="Back to test"
				heading={`Put ${connection.name} back to test?`}
				isPending={back.isPending}
				onConfirm={() => back.mutate({ accountId: account.id, connectionId: connection.id })}
			>
				Orders that are not at the warehouse yet are held, and so is what loads from now on. The cart is told no stock.
				What the warehouse has already goes its way, and its tracking too. You can go live again at any time.
			</ConfirmButton>
		</>
	);
}
