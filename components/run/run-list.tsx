"use client";
import { Switch } from "@heroui/react";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { runStates } from "@/lib/canonical/status";
import { flowJobNames, flowJobs } from "@/lib/jobs/catalogue";
import { PageHeader } from "../shell/page-header";
import { runLooks } from "../status/run-status";
import { Choice } from "../table/filters";
import { MerchantChoice } from "../table/merchant-choice";
import { usePaging } from "../table/use-paging";
import { RunExport, RunTable } from "./run-table";

export function RunList() {
	const paging = usePaging();
	const [filters, setFilters] = useQueryStates({
		merchant: parseAsString,
		job: parseAsStringLiteral(flowJobNames),
		state: parseAsStringLiteral(runStates),
		all: parseAsBoolean.withDefault(false),
		after: parseAsString,
		before: parseAsString,
	});
	const change = (next: { [Name in keyof typeof filters]?: (typeof filters)[Name] | null }) =>
		void setFilters({ ...next, ...paging.reset });
	const shown = {
		merchantId: filters.merchant ?? undefined,
		job: filters.job ?? undefined,
		state: filters.state ?? undefined,
		busy: filters.all ? undefined : true,
	};
	return (
		<>
			<PageHeader title="Runs" actions={<RunExport filters={shown} />}>
				Every time a function ran, newest first.
			</PageHeader>
			<div className="mb-3 flex flex-wrap items-center gap-2">
				<Choice
					label="Function"
					any="Any function"
					value={filters.job}
					options={flowJobNames.map((job) => ({ value: job, label: flowJobs[job].title }))}
					onChange={(job) => change({ job: flowJobNames.find((known) => known === job) ?? null })}
				/>
				<Choice
					label="State"
					any="Any state"
					value={filters.state}
					options={runStates.map((state) => ({ value: state, label: runLooks[state].word }))}
					onChange={(state) => change({ state: runStates.find((known) => known === state) ?? null })}
				/>
				<MerchantChoice value={filters.merchant} onChange={(merchant) => change({ merchant })} />
				<Switch isSelected={filters.all} onChange={(all) => change({ all: all ? true : null })}>
					<Switch.Content>
						<Switch.Control>
							<Switch.Thumb />
						</Switch.Control>
						Show runs that found nothing
					</Switch.Content>
				</Switch>
			</div>
			<RunTable filters={shown} filtered />
		</>
	);
}
