"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { apiKey as apiKeySchema } from "@/lib/api/contract/api-keys";
import { permissionWords } from "../people/permission-words";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { Time } from "../ui/time";
import { RotateDialog } from "./rotate-dialog";

type ApiKey = z.output<typeof apiKeySchema>;

interface ApiKeyRowProps {
	apiKey: ApiKey;
	onRotated: (told: { name: string; key: string }) => void;
}

export function ApiKeyRow({ apiKey, onRotated }: ApiKeyRowProps) {
	const { account } = useHub();
	const queries = useQueryClient();
	const revoke = useMutation(
		api.apiKeys.revoke.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.apiKeys.key() }),
		}),
	);
	return (
		<li className="flex flex-wrap items-start gap-x-6 gap-y-2 py-3">
			<div className="min-w-0 flex-1 basis-72">
				<p className="flex flex-wrap items-baseline gap-x-3">
					<span className="break-words font-medium">{apiKey.name}</span>
					<code className="text-[13px] text-muted">{apiKey.prefix}…</code>
				</p>
				<p className="text-[13px] text-muted">{reachWords(apiKey)}</p>
				<ul className="mt-1 flex flex-wrap gap-1" aria-label={`What ${apiKey.name} may do`}>
					{apiKey.permissions.map((permission) => (
						<li
							key={permission}
							title={permissionWords[permission]}
							className="rounded border border-border px-1.5 text-[11px] text-muted leading-5"
						>
							{permission}
						</li>
					))}
				</ul>
				{revoke.error && <ErrorPanel error={revoke.error} />}
			</div>
			<div className="basis-56 text-[13px] text-muted">
				<p>
					Last used <Time at={apiKey.lastUsedAt} none="never" />
				</p>
				<p>
					Made <Time at={apiKey.createdAt} />
					{apiKey.createdBy && ` by ${apiKey.createdBy}`}
				</p>
				{apiKey.makerLeft && apiKey.state === "active" && (
					<p className="text-warning">They left the account, and may still know the key</p>
				)}
				<EndWords apiKey={apiKey} />
				{apiKey.previous && (
					<p className="text-warning">
						The one before (<code>{apiKey.previous.prefix}…</code>) ends <Time at={apiKey.previous.until} />; last used{" "}
						<Time at={apiKey.previous.lastUsedAt} none="never" />
					</p>
				)}
			</div>
			{apiKey.state === "active" && (
				<div className="flex gap-2">
					<RotateDialog apiKey={apiKey} onRotated={onRotated} />
					<ConfirmButton
						label="Revoke"
						heading={`Revoke ${apiKey.name}?`}
						isPending={revoke.isPending}
						onConfirm={() => revoke.mutate({ accountId: account.id, apiKeyId: apiKey.id })}
					>
						Every program that uses it is refused from this moment. This cannot be undone.
					</ConfirmButton>
				</div>
			)}
		</li>
	);
}

function EndWords({ apiKey }: { apiKey: ApiKey }) {
	if (apiKey.state === "revoked") return <p className="text-danger">Revoked</p>;
	if (apiKey.state === "expired")
		return (
			<p className="text-danger">
				Expired <Time at={apiKey.expiresAt} />
			</p>
		);
	return (
		<p>
			{apiKey.expiresAt ? (
				<>
					Expires <Time at={apiKey.expiresAt} />
				</>
			) : (
				"Does not expire"
			)}
		</p>
	);
}

function reachWords({ level, merchant, connection }: ApiKey): string {
	if (level === "account") return "The whole account";
	if (level === "merchant") return `Only ${merchant?.name ?? "one merchant"}`;
	return `Only the connection ${connection?.name ?? ""} of ${merchant?.name ?? "one merchant"}`;
}
