"use client";
import { CircleCheck, OctagonAlert, TriangleAlert } from "lucide-react";
import type { z } from "zod";
import type { gateCheck } from "@/lib/api/contract/go-live";
import { useHref } from "../shell/hub-context";
import { toneText } from "../status/status-tag";
import { LinkButton } from "../ui/link-button";

type Check = z.output<typeof gateCheck>;

const looks = {
	ok: { icon: CircleCheck, tone: "done", word: "All right" },
	look: { icon: TriangleAlert, tone: "look", word: "Have a look" },
	fix: { icon: OctagonAlert, tone: "person", word: "To be put right" },
} as const;

/** One line for each thing that must be right, with the place where it is put right. */
export function GateChecks({ checks }: { checks: Check[] }) {
	const href = useHref();
	return (
		<ul className="card-frame divide-y divide-border">
			{checks.map(({ key, state, title, detail, fix }) => {
				const { icon: Icon, tone, word } = looks[state];
				return (
					<li key={key} className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3">
						<Icon size={18} aria-hidden className={`mt-0.5 shrink-0 ${toneText[tone]}`} />
						<div className="min-w-0 flex-1 basis-60">
							<p className="font-medium">
								<span className="sr-only">{word}: </span>
								{title}
							</p>
							<p className="text-[13px] text-muted">{detail}</p>
						</div>
						{state !== "ok" && fix && (
							<LinkButton variant="outline" href={href(fix.place)}>
								{fix.label}
							</LinkButton>
						)}
					</li>
				);
			})}
		</ul>
	);
}
