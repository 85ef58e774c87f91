"use client";
import { Ban, Clock, PackageOpen, Send, TriangleAlert, Warehouse } from "lucide-react";
import Link from "next/link";
import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";
import { type ShareState, shareStateWords } from "@/lib/canonical/state-words";
import { useHref } from "../shell/hub-context";
import { type Look, StatusTag } from "../status/status-tag";
import { Time } from "../ui/time";

type Share = z.output<typeof orderDetail>["shares"][number];

const looks: Record<ShareState, Look> = {
	next: look("next", Clock, "waiting", "It goes to this warehouse with the next run."),
	"on-its-way": look("on-its-way", Send, "moving", "It was sent, and the warehouse has not answered yet."),
	there: look("there", Warehouse, "done", "The warehouse has all of it."),
	"waits-for-stock": look(
		"waits-for-stock",
		PackageOpen,
		"waiting",
		"It goes by itself when the warehouse counts enough.",
	),
	stopped: look("stopped", TriangleAlert, "person", "It needs a person. The other warehouses go on."),
	"not-sent": look("not-sent", Ban, "look", "It does not go to this warehouse any more."),
};

function look(state: ShareState, icon: Look["icon"], tone: Look["tone"], sentence: string): Look {
	return { word: shareStateWords[state], icon, tone, sentence };
}

/** "2 × TEE at East (1001), 1 × MUG at West (1001-2), waits for stock": one row for each warehouse. */
export function OrderShares({ shares }: { shares: Share[] }) {
	const href = useHref();
	return (
		<ul className="flex flex-col divide-y divide-separator">
			{shares.map((share) => (
				<li key={share.connection.id} className="flex flex-col gap-1 py-2 text-[13px] first:pt-0 last:pb-0">
					<div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
						<span className="min-w-0 break-words">
							{amounts(share.lines)} at{" "}
							<Link href={href(`connections/${share.connection.id}`)} className="text-accent underline">
								{share.connection.name}
							</Link>
							{share.numbers.length > 0 && (
								<>
									{" "}
									(<code>{share.numbers.join(", ")}</code>)
								</>
							)}
						</span>
						<StatusTag look={looks[share.state]} />
					</div>
					<span className="break-words text-muted">{share.problem ?? why(share)}</span>
					{share.nextTryAt && share.problem && (
						<span className="text-muted">
							Tried again <Time at={share.nextTryAt} />
						</span>
					)}
				</li>
			))}
		</ul>
	);
}

function amounts(lines: Share["lines"]): string {
	return lines.map(({ sku, quantity }) => `${quantity} × ${sku}`).join(", ") || "Nothing";
}

function why({ reason, state, rest, waitsFor }: Share): string {
	if (waitsFor.length > 0) return `${waitsFor.join("; ")}.`;
	if (state === "not-sent" && rest.length > 0) return `${amounts(rest)} is not sent any more.`;
	return reason;
}
