"use client";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { useHub, useMay } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { RetentionForm } from "./retention-form";

/** How long personal data of one source's orders is kept, below its settings. */
export function SourceRetention({ connectionId }: { connectionId: string }) {
	const { account } = useHub();
	const may = useMay("privacy:write");
	const privacy = useQuery(api.privacy.get.queryOptions({ input: { accountId: account.id }, enabled: may }));
	const source = privacy.data?.sources.find(({ id }) => id === connectionId);
	if (!source) return null;
	const days = privacy.data?.retentionDays ?? null;
	return (
		<div className="mt-6">
			<Section
				title="How long personal data is kept"
				about={`The account ${days === null ? "keeps it without end" : `keeps it for ${plural(days, "day")}`}.`}
			>
				<RetentionForm days={source.retentionDays} connectionId={connectionId} />
			</Section>
		</div>
	);
}
