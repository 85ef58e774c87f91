"use client";
import Link from "next/link";
import type { z } from "zod";
import type { overview } from "@/lib/api/contract/overview";
import { useHref, useTimeZone } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { Time } from "../ui/time";

type View = z.output<typeof overview>;

/** By name: orders that wait for the warehouse, shipments that carts do not know, and functions that failed. */
export function LateLists({ view: { late, untold, failed } }: { view: View }) {
	const href = useHref();
	const timeZone = useTimeZone();
	if (late.length + untold.length + failed.length === 0) return null;
	return (
		<ul className="mt-3 flex flex-col gap-1 text-[13px] text-muted">
			{late.map((one) => (
				<li key={`late ${one.merchant.id}`}>
					<Waiting {...one} words={`${one.orders === 1 ? "order waits" : "orders wait"} for the warehouse`} />
				</li>
			))}
			{untold.map((one) => (
				<li key={`untold ${one.merchant.id}`}>
					<Waiting {...one} words={`shipped ${one.orders === 1 ? "order" : "orders"} the cart was not told of`} />
				</li>
			))}
			{failed.map(({ title, connection, runs, at, runId }) => (
				<li key={runId}>
					{title} of {connection.name}: {plural(runs, "run")} with trouble in the last 24 hours, the{" "}
					<Link href={href(`runs/${runId}`)} className="text-accent underline">
						latest
					</Link>{" "}
					<Time at={at} timeZone={timeZone} />
				</li>
			))}
		</ul>
	);
}

function Waiting({ merchant, orders, orderId, since, words }: View["late"][number] & { words: string }) {
	const href = useHref();
	const timeZone = useTimeZone();
	return (
		<>
			{merchant.name}: {orders} {words}, the{" "}
			<Link href={href(`orders/${orderId}`)} className="text-accent underline">
				oldest
			</Link>{" "}
			since <Time at={since} timeZone={timeZone} />
		</>
	);
}
