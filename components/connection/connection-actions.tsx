"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { connectionDetail } from "@/lib/api/contract/connections";
import { BackToTest } from "../go-live/back-to-test";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMaySetUp } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";

const pausable: string[] = ["active", "throttled", "waiting"];

interface ConnectionActionsProps {
	connection: z.output<typeof connectionDetail>;
	onRemoved: () => void;
}

export function ConnectionActions({ connection, onRemoved }: ConnectionActionsProps) {
	const { account } = useHub();
	const mayWrite = useMaySetUp(connection.side);
	const queries = useQueryClient();
	const refresh = () => queries.invalidateQueries({ queryKey: api.connections.key() });
	const pause = useMutation(api.connections.pause.mutationOptions({ onSuccess: refresh }));
	const resume = useMutation(api.connections.resume.mutationOptions({ onSuccess: refresh }));
	const remove = useMutation(
		api.connections.archive.mutationOptions({
			onSuccess: async () => {
				await refresh();
				onRemoved();
			},
		}),
	);
	if (!mayWrite) return null;
	const one = { accountId: account.id, connectionId: connection.id };
	const error = pause.error ?? resume.error ?? remove.error;
	return (
		<>
			{error && <ErrorPanel error={error} />}
			<ConfirmButton
				label="Remove"
				heading={`Remove ${connection.name}?`}
				isPending={remove.isPending}
				onConfirm={() => remove.mutate(one)}
			>
				Nothing is transferred through it any more, and its access details are erased. Its orders and history stay.
			</ConfirmButton>
			{connection.side === "source" && !connection.inTest && <BackToTest connection={connection} />}
			{connection.state === "paused" ? (
				<Button isPending={resume.isPending} onPress={() => resume.mutate(one)}>
					Resume
				</Button>
			) : (
				pausable.includes(connection.state) && (
					<Button variant="outline" isPending={pause.isPending} onPress={() => pause.mutate(one)}>
						Pause
					</Button>
				)
			)}
		</>
	);
}
