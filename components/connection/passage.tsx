"use client";
import { ArrowRight } from "lucide-react";
import Link from "next/link";
import type { z } from "zod";
import type { connectionDetail } from "@/lib/api/contract/connections";
import { useHref } from "../shell/hub-context";
import { Mark } from "../shell/mark";
import { connectionLooks } from "../status/connection-status";
import { toneText } from "../status/status-tag";
import { LinkButton } from "../ui/link-button";

type Connection = z.output<typeof connectionDetail>;
type End = Pick<Connection["partners"][number], "id" | "name" | "connector" | "state">;

/** The way of goods: source, Crossdock, destination, each arrow in the colour of its connection's state. */
export function Passage({ connection }: { connection: Connection }) {
	const own: End = { ...connection, connector: connection.connector.name };
	const sources = connection.side === "source" ? [own] : connection.partners;
	const destinations = connection.side === "source" ? connection.partners : [own];
	return (
		<section
			aria-label="The way of orders"
			className="card-frame mb-6 flex flex-col items-stretch gap-3 p-4 sm:flex-row sm:items-center"
		>
			<Ends ends={sources} none="No cart yet" current={connection} />
			<Arrow state={worst(sources)} />
			<span className="flex shrink-0 items-center justify-center gap-2 rounded-md border border-border px-3 py-2 font-medium">
				<span className="text-accent">
					<Mark size={18} />
				</span>
				Crossdock
			</span>
			<Arrow state={worst(destinations)} />
			<Ends ends={destinations} none="No warehouse yet" current={connection} />
		</section>
	);
}

function Ends({ ends, none, current }: { ends: End[]; none: string; current: Connection }) {
	const href = useHref();
	if (ends.length === 0)
		return (
			<span className="flex flex-1 flex-wrap items-center gap-2 text-[13px] text-muted">
				{none}
				<LinkButton variant="outline" href={href(`connections/new?merchant=${current.merchant.id}`)}>
					Connect one
				</LinkButton>
			</span>
		);
	return (
		<ul className="flex min-w-0 flex-1 flex-col gap-1.5">
			{ends.map((end) => (
				<li key={end.id} className="rounded-md border border-border px-3 py-2">
					{end.id === current.id ? (
						<span className="font-medium">{end.name}</span>
					) : (
						<Link href={href(`connections/${end.id}`)} className="font-medium hover:underline">
							{end.name}
						</Link>
					)}
					<span className="block text-[12px] text-muted">{end.connector}</span>
				</li>
			))}
		</ul>
	);
}

function Arrow({ state }: { state: End["state"] | null }) {
	const look = state && connectionLooks[state];
	return (
		<span className={`flex shrink-0 flex-col items-center text-[11px] ${look ? toneText[look.tone] : "text-muted"}`}>
			<ArrowRight size={20} aria-hidden className="rotate-90 sm:rotate-0" />
			{look?.word ?? "None"}
		</span>
	);
}

const order: End["state"][] = ["needs_reconnect", "not_set_up", "waiting", "throttled", "paused", "active"];

function worst(ends: End[]): End["state"] | null {
	return order.find((state) => ends.some((end) => end.state === state)) ?? null;
}
