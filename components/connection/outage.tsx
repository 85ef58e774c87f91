"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { connectionDetail } from "@/lib/api/contract/connections";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay, useTimeZone } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { Time } from "../ui/time";
import { clockTime } from "../ui/time-words";

/** That a system does not answer is a state, not an error: since when, what happens by itself, and a button for now. */
export function Outage({ connection }: { connection: z.output<typeof connectionDetail> }) {
	const { account } = useHub();
	const timeZone = useTimeZone();
	const mayRun = useMay("runs:write");
	const queries = useQueryClient();
	const probe = useMutation(
		api.connections.probe.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.connections.key() }),
		}),
	);
	const what = connection.side === "destination" ? "the warehouse" : "the cart";
	return (
		<div className="mb-5">
			{probe.error && <ErrorPanel error={probe.error} />}
			<Notice
				tone="look"
				title={`Waiting for ${what} since ${clockTime(new Date(connection.outageSince ?? Date.now()), new Date(), timeZone)}`}
				action={
					mayRun && (
						<Button
							isPending={probe.isPending}
							onPress={() => probe.mutate({ accountId: account.id, connectionId: connection.id })}
						>
							Test now
						</Button>
					)
				}
			>
				{connection.connector.name} does not answer. Orders stay queued and go out once each when it does. We ask again{" "}
				<Time at={connection.probeAt} />.
			</Notice>
		</div>
	);
}
