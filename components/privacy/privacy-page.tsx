"use client";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { EmptyState } from "../shell/empty-state";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub, useMay } from "../shell/hub-context";
import { PageHeader } from "../shell/page-header";
import { Section } from "../ui/section";
import { SkeletonPage } from "../ui/skeleton-page";
import { EraseShopper } from "./erase-shopper";
import { ErasureList } from "./erasure-list";
import { ExportSection } from "./export-section";
import { RetentionForm } from "./retention-form";
import { SourceList } from "./source-list";

/** How long shoppers' data is kept, erasing one of them, and taking a merchant's data along. */
export function PrivacyPage() {
	const { account } = useHub();
	const href = useHref();
	const mayPrivacy = useMay("privacy:write");
	const mayAccount = useMay("account:write");
	const privacy = useQuery(
		api.privacy.get.queryOptions({
			input: { accountId: account.id },
			enabled: mayPrivacy,
			refetchInterval: ({ state: { data } }) => (data && isBusy(data) ? 1_500 : 30_000),
		}),
	);
	const header = (
		<PageHeader trail={[{ label: "Settings", href: href("settings") }]} title="Privacy">
			What Crossdock keeps of the people who bought something, and for how long.
		</PageHeader>
	);
	if (!mayPrivacy)
		return (
			<>
				{header}
				<div className="card-frame">
					<EmptyState kind="forbidden" title="Privacy is for owners and admins">
						Ask one of them when a shopper wants to be forgotten.
					</EmptyState>
				</div>
			</>
		);
	if (privacy.isError && !privacy.data)
		return <ErrorPanel error={privacy.error} retry={() => void privacy.refetch()} />;
	if (!privacy.data) return <SkeletonPage label="privacy" />;
	const { retentionDays, sources, erasures, exports } = privacy.data;
	return (
		<>
			{header}
			<Section
				title="How long personal data is kept"
				about="After that, names, addresses, mails, phones, notes and gift messages of closed orders are replaced everywhere."
			>
				{mayAccount ? (
					<RetentionForm days={retentionDays} />
				) : (
					<p>
						{retentionDays === null
							? "The account keeps it without end."
							: `The account keeps it for ${retentionDays} days after an order closed.`}
					</p>
				)}
				<SourceList sources={sources} accountDays={retentionDays} />
			</Section>
			<Section title="Erase one shopper" about="When somebody asks to be forgotten. It cannot be undone.">
				<EraseShopper />
			</Section>
			<ErasureList erasures={erasures} />
			<ExportSection exports={exports} />
		</>
	);
}

function isBusy({ erasures, exports }: { erasures: { state: string }[]; exports: { state: string }[] }): boolean {
	return (
		erasures.some(({ state }) => state !== "done") ||
		exports.some(({ state }) => state === "waiting" || state === "running")
	);
}
