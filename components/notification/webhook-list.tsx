"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { CopyField } from "../ui/copy-field";
import { Notice } from "../ui/notice";
import { SkeletonPage } from "../ui/skeleton-page";
import { WebhookDialog } from "./webhook-dialog";
import { WebhookRow } from "./webhook-row";

/** The addresses that are told of alerts. A new secret is shown until the page is left. */
export function WebhookList() {
	const { account } = useHub();
	const [secret, setSecret] = useState<string | null>(null);
	const hooks = useQuery(api.webhooks.list.queryOptions({ input: { accountId: account.id }, refetchInterval: 10_000 }));
	if (hooks.isError && !hooks.data) return <ErrorPanel error={hooks.error} retry={() => void hooks.refetch()} />;
	if (!hooks.data) return <SkeletonPage label="the webhooks" />;
	return (
		<div className="flex flex-col gap-3">
			{secret && (
				<Notice tone="done" title="Copy the secret now" live>
					<p className="mb-2">It is shown this once. With it the receiver checks that a call is ours.</p>
					<CopyField label="Secret of the webhook" value={secret} />
				</Notice>
			)}
			<div className="card-frame">
				{hooks.data.items.length === 0 ? (
					<EmptyState kind="first" title="No webhook yet" action={<WebhookDialog onSecret={setSecret} />}>
						A program of yours, or a chat channel, can be told of alerts the moment they open.
					</EmptyState>
				) : (
					<ul className="divide-y divide-separator">
						{hooks.data.items.map((hook) => (
							<WebhookRow key={hook.id} webhook={hook} onSecret={setSecret} />
						))}
					</ul>
				)}
			</div>
			{hooks.data.items.length > 0 && (
				<span>
					<WebhookDialog onSecret={setSecret} />
				</span>
			)}
		</div>
	);
}
