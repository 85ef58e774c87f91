"use client";
import { Button } from "@heroui/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Printer } from "lucide-react";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { testDetail } from "@/lib/api/contract/integration-tests";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { StatusTag } from "../status/status-tag";
import { ExportButton } from "../table/export-button";
import { ConfirmButton } from "../ui/confirm-button";
import { live } from "../ui/live";
import { Notice } from "../ui/notice";
import { Facts, Section } from "../ui/section";
import { Moment } from "./moment";
import { SendReport } from "./send-report";
import { StepCard } from "./step-card";
import { testLooks } from "./test-words";

/** One guided test: its flows with their ticks, and its report. */
export function TestView({ testId }: { testId: string }) {
	const { account } = useHub();
	const input = { accountId: account.id, testId };
	const found = useQuery(api.integrationTests.get.queryOptions({ input, refetchInterval: live(3_000) }));
	if (found.error && !found.data) return <ErrorPanel error={found.error} retry={() => void found.refetch()} />;
	const test = found.data;
	if (!test) return null;
	return (
		<>
			<Section title={`${test.source.name} and ${test.destination.name}`} actions={<Actions test={test} />}>
				<Facts
					facts={[
						{ label: "State", value: <StatusTag look={testLooks[test.state]} /> },
						{ label: "Flows seen", value: `${test.done} of ${test.of}` },
						{
							label: "Begun",
							value: (
								<>
									<Moment at={test.startedAt} />
									{test.startedBy && ` by ${test.startedBy}`}
								</>
							),
						},
						...(test.endedAt ? [{ label: "Ended", value: <Moment at={test.endedAt} /> }] : []),
					]}
				/>
			</Section>
			{test.inTest && test.state === "running" && (
				<div className="mb-5 print:hidden">
					<Notice title={`${test.source.name} is in test`}>
						Its orders wait here. Only the order that you name and send goes to the warehouse, and only the item that
						you name is told to {test.source.name}.
					</Notice>
				</div>
			)}
			<ol className="flex flex-col gap-4">
				{test.steps.map((step, index) => (
					<StepCard key={step.flow} testId={test.id} number={index + 1} step={step} over={test.state !== "running"} />
				))}
			</ol>
			<div className="mt-6" />
		</>
	);
}

function Actions({ test }: { test: z.output<typeof testDetail> }) {
	const { account } = useHub();
	const mayTest = useMay("connections:write");
	const queries = useQueryClient();
	const end = useMutation(
		api.integrationTests.end.mutationOptions({
			onSuccess: () => queries.invalidateQueries({ queryKey: api.integrationTests.key() }),
		}),
	);
	return (
		<div className="flex flex-wrap items-center gap-2 print:hidden">
			{end.error && <ErrorPanel error={end.error} />}
			<Button size="sm" variant="outline" onPress={() => window.print()}>
				<Printer size={14} aria-hidden />
				Print
			</Button>
			<ExportButton
				size="sm"
				isEmpty={false}
				files={[{ label: "Report", path: `integration-tests/${test.id}/export` }]}
			/>
			{mayTest && <SendReport testId={test.id} />}
			{mayTest && test.state === "running" && (
				<ConfirmButton
					size="sm"
					label="End the test"
					heading="End the test as it is?"
					isPending={end.isPending}
					onConfirm={() => end.mutate({ accountId: account.id, testId: test.id })}
				>
					What was seen stays in its report. Nothing more is watched for; you can begin another one at any time.
				</ConfirmButton>
			)}
		</div>
	);
}
