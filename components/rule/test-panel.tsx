"use client";
import { Button } from "@heroui/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { apiClient } from "@/lib/api/client";
import { ErrorPanel } from "../shell/error-panel";
import { useHref, useHub } from "../shell/hub-context";
import { Options } from "../ui/options";
import { plural } from "../ui/plural";
import { Section } from "../ui/section";
import { Time } from "../ui/time";
import { Outcome, RuleTraceList } from "./rule-trace";

const lasts = ["50", "500", "2000"].map((value) => ({
	value,
	label: `the last ${Number(value).toLocaleString("en")} orders`,
}));

/** The draft on past orders beside what is published: how many would go another way, which, and why. */
export function TestPanel({ merchantId }: { merchantId: string }) {
	const { account } = useHub();
	const [last, setLast] = useState("500");
	const test = useInfiniteQuery({
		queryKey: ["rules-test", account.id, merchantId, last],
		queryFn: ({ pageParam }) =>
			apiClient.rules.test({ accountId: account.id, merchantId, last: Number(last), after: pageParam }),
		initialPageParam: 0,
		getNextPageParam: ({ next }) => next,
		enabled: false,
		gcTime: 0,
	});
	const [first] = test.data?.pages ?? [];
	return (
		<Section
			title="Test on past orders"
			about="Compares the draft with what is published. Nothing is changed; stock is as it is now."
		>
			<div className="flex flex-wrap items-center gap-2">
				<Options label="Which orders" value={last} options={lasts} onChange={setLast} />
				<Button variant="outline" isPending={test.isFetching} onPress={() => void test.refetch()}>
					Test the draft
				</Button>
				{first && (
					<p role="status" className="font-medium">
						{testedWords(first)}
					</p>
				)}
			</div>
			{test.error && (
				<div className="mt-3">
					<ErrorPanel error={test.error} />
				</div>
			)}
			{first && first.changed > 0 && (
				<ul aria-label="Orders that would change" className="mt-3 divide-y divide-border border-border border-t">
					{test.data?.pages
						.flatMap(({ orders }) => orders)
						.map((order) => (
							<ChangedOrder key={order.id} order={order} />
						))}
				</ul>
			)}
			{test.hasNextPage && (
				<Button
					size="sm"
					variant="outline"
					className="mt-2"
					isPending={test.isFetchingNextPage}
					onPress={() => void test.fetchNextPage()}
				>
					Show more
				</Button>
			)}
		</Section>
	);
}

type Tested = Awaited<ReturnType<typeof apiClient.rules.test>>;

function testedWords({ tested, changed }: Tested): string {
	if (tested === 0) return "There are no orders to test on yet.";
	if (changed === 0) return `Would have changed none of the last ${plural(tested, "order")}.`;
	return `Would have changed ${changed.toLocaleString("en")} of the last ${plural(tested, "order")}.`;
}

function ChangedOrder({ order: { id, number, placedAt, before, after, trace } }: { order: Tested["orders"][number] }) {
	const href = useHref();
	const [open, setOpen] = useState(false);
	return (
		<li className="py-2 text-[13px]">
			<div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
				<Link href={href(`orders/${id}`)} className="font-medium text-accent underline">
					{number}
				</Link>
				<span className="text-muted">
					<Time at={placedAt} />
				</span>
				<Button size="sm" variant="ghost" aria-expanded={open} onPress={() => setOpen(!open)}>
					{open ? "Hide why" : "Show why"}
				</Button>
			</div>
			<dl className="grid grid-cols-[3.5rem_minmax(0,1fr)] gap-x-2">
				<dt className="text-muted">Now</dt>
				<dd>
					<Outcome words={before} />
				</dd>
				<dt className="text-muted">Draft</dt>
				<dd>
					<Outcome words={after} />
				</dd>
			</dl>
			{open && (
				<div className="mt-2 rounded-[8px] bg-surface-secondary p-3">
					<RuleTraceList trace={trace} />
				</div>
			)}
		</li>
	);
}
