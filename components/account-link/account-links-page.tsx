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
import { AccountLinkRow } from "./account-link-row";
import { AskForLink, type Told } from "./ask-for-link";

/** Which accounts work together with this one, and who was asked to. */
export function AccountLinksPage() {
	const { account } = useHub();
	const href = useHref();
	const mayManage = useMay("account:write");
	const [told, setTold] = useState<Told | null>(null);
	const links = useQuery(
		api.accountLinks.list.queryOptions({
			input: { accountId: account.id },
			enabled: mayManage,
			refetchInterval: 10_000,
		}),
	);
	const isWarehouse = account.kind === "fulfillment";
	const header = (
		<PageHeader
			trail={[{ label: "Settings", href: href("settings") }]}
			title="Linked accounts"
			actions={mayManage && <AskForLink onAsked={setTold} />}
		>
			{isWarehouse
				? "Brands with an account of their own, whose orders your staff see and whose warehouse you set up."
				: "The warehouse whose staff see your orders and set up the delivery. Your carts and people stay yours."}
		</PageHeader>
	);
	if (!mayManage)
		return (
			<>
				{header}
				<EmptyState kind="forbidden" title="Your role may not link accounts">
					Ask an admin of the account.
				</EmptyState>
			</>
		);
	if (links.isError && !links.data) return <ErrorPanel error={links.error} retry={() => void links.refetch()} />;
	if (!links.data) return <SkeletonPage label="the linked accounts" />;
	const living = links.data.items.filter(({ state }) => state === "active" || state === "pending");
	const over = links.data.items.filter(({ state }) => state !== "active" && state !== "pending");
	return (
		<>
			{header}
			{told && <ToldNotice told={told} />}
			<Section title="Linked or asked">
				{living.length === 0 ? (
					<EmptyState kind="first" title="No linked account yet">
						{isWarehouse
							? "Merchants that you made here need no link. Ask for one where a brand runs an account of its own."
							: "If your warehouse uses Crossdock, ask them for a link: they then set up the delivery for you."}
					</EmptyState>
				) : (
					<ul className="divide-y divide-separator text-[13px]">
						{living.map((link) => (
							<AccountLinkRow key={link.id} link={link} />
						))}
					</ul>
				)}
			</Section>
			{over.length > 0 && (
				<Section title="Over" about="Ended, withdrawn or expired. They open nothing.">
					<ul className="divide-y divide-separator text-[13px]">
						{over.map((link) => (
							<AccountLinkRow key={link.id} link={link} />
						))}
					</ul>
				</Section>
			)}
		</>
	);
}

function ToldNotice({ told: { email, url, mailed } }: { told: Told }) {
	return (
		<div className="mb-5">
			<Notice tone={mailed ? "done" : "look"} title={mailed ? `A mail went to ${email}` : "The mail was not sent"} live>
				<p className="mb-2">
					{mailed ? "If it does not arrive, pass this link on yourself." : `Pass this link on to ${email} yourself.`} It
					works once, within 7 days.
				</p>
				<CopyField label={`Link for ${email}`} value={url} />
			</Notice>
		</div>
	);
}
