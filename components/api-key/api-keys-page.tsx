"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { CopyField } from "../ui/copy-field";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { ApiKeyRow } from "./api-key-row";
import { NewKeyDialog } from "./new-key-dialog";

/** The keys of the account: made, replaced and revoked here. A new one is shown until the page is left. */
export function ApiKeysPage() {
	const { account } = useHub();
	const href = useHref();
	const mayManage = useMay("account:write");
	const [told, setTold] = useState<{ name: string; key: string } | null>(null);
	const keys = useQuery(
		api.apiKeys.list.queryOptions({ input: { accountId: account.id }, enabled: mayManage, refetchInterval: 30_000 }),
	);
	const header = (
		<PageHeader
			trail={[{ label: "Settings", href: href("settings") }]}
			title="API keys"
			actions={mayManage && <NewKeyDialog onMade={setTold} />}
		>
			Programs use a key in place of a person: <code>Authorization: Bearer cd_…</code>
		</PageHeader>
	);
	if (!mayManage)
		return (
			<>
				{header}
				<EmptyState kind="forbidden" title="Your role may not manage API keys">
					Ask an admin of the account.
				</EmptyState>
			</>
		);
	if (keys.isError && !keys.data) return <ErrorPanel error={keys.error} retry={() => void keys.refetch()} />;
	if (!keys.data) return <SkeletonPage label="the API keys" />;
	const living = keys.data.items.filter(({ state }) => state === "active");
	const ended = keys.data.items.filter(({ state }) => state !== "active");
	return (
		<>
			{header}
			{told && (
				<div className="mb-5">
					<Notice tone="done" title={`Copy the key of ${told.name} now`} live>
						<p className="mb-2">It is shown this once. Crossdock keeps only a hash of it.</p>
						<CopyField label={`Key of ${told.name}`} value={told.key} />
					</Notice>
				</div>
			)}
			<Section title="Keys that work">
				{living.length === 0 ? (
					<EmptyState kind="first" title="No API key yet">
						Make one for each program, with no more than it needs. Each can be ended without touching the others.
					</EmptyState>
				) : (
					<ul className="divide-y divide-separator">
						{living.map((key) => (
							<ApiKeyRow key={key.id} apiKey={key} onRotated={setTold} />
						))}
					</ul>
				)}
			</Section>
			{ended.length > 0 && (
				<Section title="Ended" about="Expired or revoked. They open nothing.">
					<ul className="divide-y divide-separator">
						{ended.map((key) => (
							<ApiKeyRow key={key.id} apiKey={key} onRotated={setTold} />
						))}
					</ul>
				</Section>
			)}
		</>
	);
}
