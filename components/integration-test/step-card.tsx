"use client";
import { Disclosure } from "@heroui/react";
import { CircleCheck, CircleDashed } from "lucide-react";
import Link from "next/link";
import type { z } from "zod";
import type { testStep, testTick } from "@/lib/api/contract/integration-tests";
import { ExchangeView } from "../run/exchange-view";
import { useHref } from "../shell/hub-context";
import { toneText } from "../status/status-tag";
import { Moment } from "./moment";
import { NameSubject } from "./name-subject";
import { StepWaits } from "./step-waits";

export type Step = z.output<typeof testStep>;

interface StepCardProps {
	testId: string;
	number: number;
	step: Step;
	/** The test has ended. */
	over: boolean;
}

/** One flow: what the person does, what Crossdock watches for, and what is missing. */
export function StepCard({ testId, number, step, over }: StepCardProps) {
	const { title, todo, subject, done, ticks, waits } = step;
	return (
		<li className="card-frame break-inside-avoid p-4">
			<h3 className="flex flex-wrap items-center gap-x-2 font-semibold">
				<span className="num text-muted">{number}</span>
				{title}
				{subject && <code className="rounded bg-surface-secondary px-1.5 py-0.5 text-[12px]">{subject}</code>}
				{done && (
					<span className={`inline-flex items-center gap-1 font-medium text-[13px] ${toneText.done}`}>
						<CircleCheck size={14} aria-hidden /> Seen from end to end
					</span>
				)}
			</h3>
			{todo && <p className="mt-1 max-w-[75ch]">{todo}</p>}
			{step.asks && !over && !done && <NameSubject testId={testId} step={step} />}
			<ol className="mt-3 flex flex-col gap-2" aria-label={`What is watched for: ${title}`}>
				{ticks.map((tick) => (
					<Tick key={tick.key} tick={tick} />
				))}
			</ol>
			{waits && <StepWaits testId={testId} waits={waits} />}
		</li>
	);
}

function Tick({ tick }: { tick: z.output<typeof testTick> }) {
	const href = useHref();
	const Icon = tick.at ? CircleCheck : CircleDashed;
	return (
		<li className="grid grid-cols-[1.25rem_minmax(0,1fr)] items-start gap-x-2 text-[13px]">
			<Icon
				size={16}
				aria-label={tick.at ? "Seen" : "Not seen yet"}
				className={`mt-0.5 ${toneText[tick.at ? "done" : "waiting"]}`}
			/>
			<div>
				<p className="flex flex-wrap items-baseline gap-x-2">
					<span className={tick.at ? "font-medium" : "text-muted"}>{tick.title}</span>
					{tick.at && (
						<span className="text-muted">
							<Moment at={tick.at} />
							{tick.note && `, ${tick.note}`}
						</span>
					)}
					<span className="flex gap-x-2 print:hidden">
						{tick.place && (
							<Link href={href(tick.place)} className="text-accent underline">
								Open it
							</Link>
						)}
						{tick.runId && (
							<Link href={href(`runs/${tick.runId}`)} className="text-accent underline">
								The run
							</Link>
						)}
					</span>
				</p>
				{tick.exchangeId && <Exchange exchangeId={tick.exchangeId} />}
			</div>
		</li>
	);
}

/** What was said and answered, for whoever wants to see it. */
function Exchange({ exchangeId }: { exchangeId: string }) {
	return (
		<Disclosure className="print:hidden">
			<Disclosure.Heading level={4}>
				<Disclosure.Trigger className="flex min-h-6 cursor-pointer items-center gap-1.5 text-[12px] text-muted hover:text-foreground">
					<Disclosure.Indicator />
					Request and answer
				</Disclosure.Trigger>
			</Disclosure.Heading>
			<Disclosure.Content>
				<Disclosure.Body className="pt-2 pl-0">
					<ExchangeView exchangeId={exchangeId} />
				</Disclosure.Body>
			</Disclosure.Content>
		</Disclosure>
	);
}
