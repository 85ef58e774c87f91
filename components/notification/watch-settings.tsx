"use client";
import { Button, Description, Form, Input, Label, TextField } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import type { WatchedStatus } from "@/lib/canonical/watch";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { SkeletonPage } from "../ui/skeleton-page";

interface Limit {
	status: WatchedStatus;
	restMinutes: number;
	defaultMinutes: number;
}

const words: Record<WatchedStatus, string> = {
	new: "New: not at the warehouse yet",
	at_wms: "At WMS: not shipped yet",
	shipped: "Shipped: the cart not told yet",
};

export function WatchSettings() {
	const { account } = useHub();
	const found = useQuery(api.watch.get.queryOptions({ input: { accountId: account.id } }));
	if (found.isError && !found.data) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <SkeletonPage label="the limits" />;
	return <LimitsForm limits={found.data.items} />;
}

function LimitsForm({ limits }: { limits: Limit[] }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [hours, setHours] = useState(() => Object.fromEntries(limits.map((limit) => [limit.status, inHours(limit)])));
	const save = useMutation(
		api.watch.update.mutationOptions({ onSuccess: () => queries.invalidateQueries({ queryKey: api.watch.key() }) }),
	);
	return (
		<Form
			className="flex max-w-md flex-col gap-4"
			onSubmit={(event) => {
				event.preventDefault();
				const given = limits.map(({ status }) => ({
					status,
					restMinutes: Math.round(Number(hours[status] ?? 0) * 60),
				}));
				save.mutate({ accountId: account.id, limits: given });
			}}
		>
			{limits.map(({ status, defaultMinutes }) => (
				<TextField
					key={status}
					type="number"
					value={hours[status] ?? ""}
					onChange={(value) => setHours({ ...hours, [status]: value })}
					isRequired
				>
					<Label>{words[status]}, hours</Label>
					<Input min={0} max={8760} step="any" />
					<Description>Usually {defaultMinutes / 60}. With 0 it never counts as late.</Description>
				</TextField>
			))}
			{save.error && <ErrorPanel error={save.error} />}
			{save.isSuccess && (
				<Notice tone="done" live>
					Saved. The watchdog looks every 15 minutes.
				</Notice>
			)}
			<Button type="submit" className="self-start" isPending={save.isPending}>
				Save
			</Button>
		</Form>
	);
}

function inHours({ restMinutes }: Limit): string {
	return String(Math.round((restMinutes / 60) * 100) / 100);
}
