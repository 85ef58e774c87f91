"use client";
import { Button } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { privacyView } from "@/lib/api/contract/privacy";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { Pick } from "../ui/pick";
import { plural } from "../ui/plural";
import { Progress } from "../ui/progress";
import { Section } from "../ui/section";
import { Time } from "../ui/time";

type Export = z.output<typeof privacyView>["exports"][number];

/** Everything kept of one merchant as a file, written while the person goes on. */
export function ExportSection({ exports }: { exports: Export[] }) {
	const { account } = useHub();
	const accountId = account.id;
	const queries = useQueryClient();
	const merchants = useQuery(api.merchants.list.queryOptions({ input: { accountId } }));
	const [chosen, setChosen] = useState<string | null>(null);
	const choices = merchants.data?.items ?? [];
	const merchantId = chosen ?? choices[0]?.id;
	const ask = useMutation(
		api.privacy.export.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.privacy.key() }),
		}),
	);
	return (
		<Section
			title="Export one merchant's data"
			about="Orders, lines, shipments, stock, settings without secrets and the audit log: a ZIP of tables, kept for 7 days."
		>
			<div className="flex flex-wrap items-end gap-3">
				{choices.length > 1 && merchantId && (
					<div className="w-64">
						<Pick
							label="Merchant"
							value={merchantId}
							options={choices.map(({ id, name }) => ({ value: id, label: name }))}
							onChange={setChosen}
						/>
					</div>
				)}
				{merchantId ? (
					<Button variant="outline" isPending={ask.isPending} onPress={() => ask.mutate({ accountId, merchantId })}>
						Export the data
					</Button>
				) : (
					<p className="text-[13px] text-muted">There is no merchant yet.</p>
				)}
			</div>
			{ask.isError && (
				<div className="mt-3">
					<ErrorPanel error={ask.error} />
				</div>
			)}
			{exports.length > 0 && (
				<ul className="mt-4 divide-y divide-separator border-separator border-t">
					{exports.map((one) => (
						<li key={one.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 py-2.5">
							<ExportFacts one={one} />
							{one.state === "done" && (
								<a
									href={`/api/v1/accounts/${accountId}/privacy/exports/${one.id}/file`}
									download
									className="button button--outline button--sm"
									aria-label={`Download the export of ${one.merchant}`}
								>
									Download
								</a>
							)}
						</li>
					))}
				</ul>
			)}
		</Section>
	);
}

function ExportFacts({ one }: { one: Export }) {
	return (
		<div className="min-w-0 flex-1 basis-60">
			<p className="font-medium">{one.merchant}</p>
			{one.state === "running" ? (
				<div className="mt-1 max-w-md">
					<Progress
						done={Math.min(one.rows, one.total)}
						total={one.total}
						of="rows"
						startedAt={new Date(one.startedAt ?? one.createdAt)}
					/>
				</div>
			) : (
				<p className="text-[13px] text-muted">
					{one.state === "waiting" && "Waits for the worker; it begins by itself."}
					{one.state === "removed" &&
						"Removed: it was older than 7 days, or may have held a shopper who was erased. Export again."}
					{one.state === "done" && (
						<>
							{plural(one.rows, "row")}, {sizeWords(one.size)} before packing. Asked for {one.by && `by ${one.by} `}
							<Time at={one.createdAt} />, kept until <Time at={one.expiresAt} />.
						</>
					)}
				</p>
			)}
		</div>
	);
}

function sizeWords(bytes: number): string {
	if (bytes < 1_000_000) return `${Math.ceil(bytes / 1_000)} kB`;
	return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
