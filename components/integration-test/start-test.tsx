"use client";
import { Button } from "@heroui/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { testList } from "@/lib/api/contract/integration-tests";
import { ErrorPanel } from "../shell/error-panel";
import { useHub, useMay } from "../shell/hub-context";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";
import { flowWords } from "./test-words";

interface StartTestProps {
	pairs: z.output<typeof testList>["pairs"];
	/** There was a test before. */
	hasRun: boolean;
	onStarted: (testId: string) => void;
}

/** What can be tested: the connection with each system of its other side. */
export function StartTest({ pairs, hasRun, onStarted }: StartTestProps) {
	const { account } = useHub();
	const mayTest = useMay("connections:write");
	const queries = useQueryClient();
	const start = useMutation(
		api.integrationTests.create.mutationOptions({
			onSuccess: async ({ id }) => {
				await queries.invalidateQueries({ queryKey: api.integrationTests.key() });
				onStarted(id);
			},
		}),
	);
	if (pairs.length === 0)
		return (
			<Notice tone="look" title="There is nothing to test yet">
				A test needs a cart and a warehouse of the same merchant. Connect the other side first.
			</Notice>
		);
	if (!mayTest) return null;
	return (
		<div className="print:hidden">
			<Section title={hasRun ? "Test again" : "What can be tested"} bare>
				{start.error && <ErrorPanel error={start.error} />}
				<ul className="card-frame divide-y divide-border">
					{pairs.map(({ source, destination, flows }) => (
						<li
							key={`${source.id} ${destination.id}`}
							className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3"
						>
							<span className="min-w-0 flex-1 basis-60">
								<span className="block font-medium">
									{source.name} and {destination.name}
								</span>
								<span className="text-[13px] text-muted">
									{flows.length > 0
										? `Both can do: ${flows.map((flow) => flowWords[flow]).join(", ")}.`
										: "They have no function in common."}
								</span>
							</span>
							<Button
								variant={hasRun ? "outline" : "primary"}
								isDisabled={flows.length === 0}
								isPending={start.isPending}
								aria-label={`${hasRun ? "Begin again" : "Begin the test"}: ${source.name} and ${destination.name}`}
								onPress={() =>
									start.mutate({ accountId: account.id, sourceId: source.id, destinationId: destination.id })
								}
							>
								{hasRun ? "Begin again" : "Begin the test"}
							</Button>
						</li>
					))}
				</ul>
			</Section>
		</div>
	);
}
