"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { webhookView } from "@/lib/api/contract/notifications";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { Time } from "../ui/time";
import { WebhookDialog } from "./webhook-dialog";
import { WebhookLog } from "./webhook-log";

type Webhook = z.output<typeof webhookView>;

/** One address: whether it works, what it wants, what it was sent. */
export function WebhookRow({ webhook, onSecret }: { webhook: Webhook; onSecret: (secret: string) => void }) {
	const { account } = useHub();
	const queries = useQueryClient();
	const [open, setOpen] = useState(false);
	const refresh = () => queries.invalidateQueries({ queryKey: api.webhooks.key() });
	const one = { accountId: account.id, webhookId: webhook.id };
	const update = useMutation(api.webhooks.update.mutationOptions({ onSuccess: refresh }));
	const remove = useMutation(api.webhooks.remove.mutationOptions({ onSuccess: refresh }));
	const rotate = useMutation(api.webhooks.rotate.mutationOptions({ onSuccess: ({ secret }) => onSecret(secret) }));
	const test = useMutation(
		api.webhooks.test.mutationOptions({
			onSuccess: () => {
				setOpen(true);
				return refresh();
			},
		}),
	);
	const error = [update, remove, rotate, test].map((verb) => verb.error).find(Boolean);
	const on = webhook.disabledAt === null;
	return (
		<li className="flex flex-col gap-3 p-4">
			<div className="flex flex-wrap items-start gap-x-6 gap-y-2">
				<div className="min-w-0 flex-1 basis-72">
					<p className="break-all font-medium">{webhook.url}</p>
					<p className="text-[13px] text-muted">
						{webhook.events.join(", ")}. Added <Time at={webhook.createdAt} />
						{webhook.createdBy && ` by ${webhook.createdBy}`}
					</p>
					<WebhookState webhook={webhook} />
				</div>
				<div className="flex flex-wrap gap-2">
					{on ? (
						<Button variant="outline" isPending={test.isPending} onPress={() => test.mutate(one)}>
							Send a test
						</Button>
					) : (
						<Button isPending={update.isPending} onPress={() => update.mutate({ ...one, enabled: true })}>
							Switch on
						</Button>
					)}
					<WebhookDialog webhook={webhook} />
					{on && (
						<Button
							variant="outline"
							isPending={update.isPending}
							onPress={() => update.mutate({ ...one, enabled: false })}
						>
							Switch off
						</Button>
					)}
					<ConfirmButton
						label="New secret"
						heading="Give it a new secret?"
						isPending={rotate.isPending}
						onConfirm={() => rotate.mutate(one)}
					>
						For a day every call is signed with both, so that the receiver can be changed meanwhile.
					</ConfirmButton>
					<ConfirmButton
						label="Remove"
						heading="Remove the webhook?"
						isPending={remove.isPending}
						onConfirm={() => remove.mutate(one)}
					>
						It is told nothing more, and the log of what it was sent goes with it.
					</ConfirmButton>
				</div>
			</div>
			{error && <ErrorPanel error={error} />}
			<Button size="sm" variant="ghost" className="self-start" aria-expanded={open} onPress={() => setOpen(!open)}>
				{open ? "Hide what was sent" : "Show what was sent"}
			</Button>
			{open && <WebhookLog webhookId={webhook.id} on={on} />}
		</li>
	);
}

function WebhookState({ webhook }: { webhook: Webhook }) {
	if (webhook.disabledAt)
		return (
			<p className="text-[13px] text-danger">
				Switched off <Time at={webhook.disabledAt} />: {webhook.disabledReason}
			</p>
		);
	if (webhook.failingSince)
		return (
			<p className="text-[13px] text-warning">
				Every try failed since <Time at={webhook.failingSince} />. After 3 days it is switched off.
			</p>
		);
	return (
		<p className="text-[13px] text-muted">{webhook.waiting > 0 ? `${webhook.waiting} wait to be sent` : "Works"}</p>
	);
}
