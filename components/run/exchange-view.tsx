"use client";
import { Skeleton, Tabs } from "@heroui/react";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHub } from "../shell/hub-context";
import { CopyButton, JsonView } from "../ui/json-view";
import { Time } from "../ui/time";

/** One request and its answer as they went over the wire, secrets and personal data masked. */
export function ExchangeView({ exchangeId }: { exchangeId: string }) {
	const { account } = useHub();
	const found = useQuery(
		api.runs.exchange.queryOptions({
			input: { accountId: account.id, exchangeId },
			staleTime: Number.POSITIVE_INFINITY,
		}),
	);
	if (found.isError) return <ErrorPanel error={found.error} />;
	const exchange = found.data;
	if (!exchange) return <Skeleton className="h-24 rounded-md" />;
	return (
		<div className="rounded-md border border-border p-3 text-[13px]">
			<p className="flex flex-wrap items-center gap-x-2">
				<code className="min-w-0 break-all">
					{exchange.method} {exchange.url}
				</code>
				<CopyButton text={exchange.curl} label="Copy as curl" />
			</p>
			<p className="mb-2 text-muted">
				{exchange.status === null ? "No answer" : `Answered ${exchange.status}`} after {exchange.durationMs} ms,{" "}
				<Time at={exchange.at} />
				{exchange.error && `. ${exchange.error}`}
			</p>
			<Tabs>
				<Tabs.ListContainer>
					<Tabs.List aria-label="Request and answer">
						<Tabs.Tab id="answer">
							Answer
							<Tabs.Indicator />
						</Tabs.Tab>
						<Tabs.Tab id="request">
							Request
							<Tabs.Indicator />
						</Tabs.Tab>
						<Tabs.Tab id="headers">
							Headers
							<Tabs.Indicator />
						</Tabs.Tab>
					</Tabs.List>
				</Tabs.ListContainer>
				<Tabs.Panel id="answer">
					<JsonView value={exchange.answerBody || "(empty)"} label="answer" />
				</Tabs.Panel>
				<Tabs.Panel id="request">
					<JsonView value={exchange.requestBody || "(empty)"} label="request" />
				</Tabs.Panel>
				<Tabs.Panel id="headers">
					<JsonView value={{ request: exchange.requestHeaders, answer: exchange.answerHeaders }} label="headers" />
				</Tabs.Panel>
			</Tabs>
			<p className="mt-2 text-[12px] text-muted">
				Secrets and personal data are masked before anything is stored.
				{exchange.truncated && " Long bodies were cut."}
			</p>
		</div>
	);
}
