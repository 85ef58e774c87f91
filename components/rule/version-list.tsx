"use client";
import { Button } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { api, apiClient } from "@/lib/api/client";
import { ruleWords } from "@/lib/canonical/rule-words";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { ConfirmButton } from "../ui/confirm-button";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { Time } from "../ui/time";
import { namesIn, rulesOf } from "./use-rules";

type Version = Awaited<ReturnType<typeof apiClient.rules.versions>>["items"][number];

/** What was published, by whom and when; an earlier version can be published again. */
export function VersionList({ merchantId, mayPublish }: { merchantId: string; mayPublish: boolean }) {
	const { account } = useHub();
	const one = { accountId: account.id, merchantId };
	const list = useQuery(api.rules.versions.queryOptions({ input: one }));
	const queries = useQueryClient();
	const restore = useMutation({
		mutationFn: (versionId: string) => apiClient.rules.restore({ ...one, versionId }),
		onSuccess: () => queries.invalidateQueries({ queryKey: api.rules.key() }),
	});
	return (
		<Section
			title="Versions"
			about="An order is explained by the version that decided it, whatever was published since."
		>
			{restore.error && <ErrorPanel error={restore.error} />}
			{list.error && <ErrorPanel error={list.error} retry={() => void list.refetch()} />}
			<ul className="flex flex-col divide-y divide-border">
				{list.data?.items.map((version) => (
					<VersionRow
						key={version.id}
						{...{ version, one }}
						restore={mayPublish && !version.holds ? () => restore.mutate(version.id) : null}
						isPending={restore.isPending}
					/>
				))}
			</ul>
		</Section>
	);
}

interface VersionRowProps {
	version: Version;
	one: { accountId: string; merchantId: string };
	restore: (() => void) | null;
	isPending: boolean;
}

function VersionRow({ version, one, restore, isPending }: VersionRowProps) {
	const { id, number, by, at, note, restoredFrom, rules, holds } = version;
	const [open, setOpen] = useState(false);
	return (
		<li className="py-2 text-[13px]">
			<div className="flex flex-wrap items-center gap-x-3 gap-y-1">
				<span className="font-medium">Version {number}</span>
				{holds && <span className="text-success">holds now</span>}
				<span className="text-muted">
					{by || "Somebody"}, <Time at={at} />, {plural(rules, "rule")}
					{restoredFrom !== null && `, brings back version ${restoredFrom}`}
				</span>
				<span className="ml-auto flex gap-1.5">
					<Button size="sm" variant="ghost" aria-expanded={open} onPress={() => setOpen(!open)}>
						{open ? "Hide" : "Show"} version {number}
					</Button>
					{restore && (
						<ConfirmButton
							size="sm"
							label={`Go back to version ${number}`}
							heading={`Go back to version ${number}?`}
							isPending={isPending}
							onConfirm={restore}
						>
							Its rules are published again as a new version, and the draft becomes the same. What is in the draft now
							is replaced.
						</ConfirmButton>
					)}
				</span>
			</div>
			{note && <p className="break-words text-muted">{note}</p>}
			{open && <VersionRules {...one} versionId={id} />}
		</li>
	);
}

function VersionRules(one: VersionRowProps["one"] & { versionId: string }) {
	const found = useQuery(api.rules.version.queryOptions({ input: one }));
	const set = useQuery(api.rules.get.queryOptions({ input: { accountId: one.accountId, merchantId: one.merchantId } }));
	if (found.error) return <ErrorPanel error={found.error} />;
	if (!found.data || !set.data) return <p className="text-muted">Loading …</p>;
	const nameOf = namesIn(set.data);
	if (found.data.list.length === 0) return <p className="text-muted">No rules.</p>;
	return (
		<ol className="mt-1 flex list-decimal flex-col gap-1 pl-6">
			{rulesOf(found.data.list).map((rule) => (
				<li key={rule.id} className="break-words">
					<span className="font-medium">{rule.name}</span>
					{!rule.on && " (off)"}: <span className="text-muted">{ruleWords(rule, nameOf)}</span>
				</li>
			))}
		</ol>
	);
}
