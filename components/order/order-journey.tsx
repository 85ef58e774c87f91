"use client";
import { Disclosure } from "@heroui/react";
import { Circle, CircleCheck, CircleDashed, OctagonAlert, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { JourneyStep } from "@/lib/api/contract/orders";
import { outcomeWords } from "@/lib/canonical/state-words";
import { ExchangeView } from "../run/exchange-view";
import { useHref, useTimeZone } from "../shell/hub-context";
import { toneText } from "../status/status-tag";
import { Time } from "../ui/time";
import { duration } from "../ui/time-words";

const icons = { waiting: CircleDashed, moving: Circle, done: CircleCheck, look: TriangleAlert, person: OctagonAlert };

/** The order's way as a vertical timeline, oldest first; what is still ahead stands at its end. */
export function OrderJourney({ steps }: { steps: JourneyStep[] }) {
	return (
		<ol>
			{steps.map((step, index) => (
				<li key={step.id} className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-3">
					<Rail step={step} last={index === steps.length - 1} />
					<Step step={step} />
				</li>
			))}
		</ol>
	);
}

function Rail({ step, last }: { step: JourneyStep; last: boolean }) {
	const Icon = step.kind === "ahead" && step.tone === "waiting" ? CircleDashed : icons[step.tone];
	return (
		<span className="flex flex-col items-center">
			<Icon size={16} strokeWidth={2.25} aria-hidden className={`mt-0.5 shrink-0 ${toneText[step.tone]}`} />
			{!last && <span aria-hidden className="my-1 w-px flex-1 bg-border" />}
		</span>
	);
}

function Step({ step }: { step: JourneyStep }) {
	const href = useHref();
	const timeZone = useTimeZone();
	return (
		<div className="pb-5">
			<p className="flex flex-wrap items-baseline gap-x-2">
				<span className={`font-medium ${step.kind === "ahead" ? "text-muted" : ""}`}>{step.title}</span>
				{step.at && (
					<span className="text-[13px] text-muted">
						<Time at={step.at} timeZone={timeZone} />
						{step.tookMs !== null && step.tookMs > 0 && `, after ${duration(step.tookMs)}`}
					</span>
				)}
			</p>
			{step.detail && (
				<p className={`text-[13px] ${step.tone === "person" ? toneText.person : "text-muted"}`}>{step.detail}</p>
			)}
			{step.nextTryAt && (
				<p className="text-[13px] text-muted">
					{step.nextTryWords ?? "Next try"} <Time at={step.nextTryAt} timeZone={timeZone} />
				</p>
			)}
			{step.who && (
				<p className="text-[12px] text-muted">
					{step.runId ? (
						<Link
							href={href(`runs/${step.runId}`)}
							className="inline-flex min-h-6 items-center hover:text-foreground hover:underline"
						>
							{step.who}
						</Link>
					) : (
						step.who
					)}
				</p>
			)}
			{step.notes.length > 0 && <Notes notes={step.notes} />}
			{step.attempts.map((attempt) => (
				<Attempt key={`${attempt.number}-${attempt.startedAt}`} attempt={attempt} />
			))}
		</div>
	);
}

/** What each preparation step decided. */
function Notes({ notes }: { notes: JourneyStep["notes"] }) {
	return (
		<dl className="mt-1.5 grid grid-cols-[96px_minmax(0,1fr)] gap-x-3 gap-y-0.5 border-border border-l-2 pl-3 text-[12px]">
			{notes.map(({ label, text }) => (
				<div key={label} className="contents">
					<dt className="text-muted">{label}</dt>
					<dd className="break-words">{text}</dd>
				</div>
			))}
		</dl>
	);
}

function Attempt({ attempt }: { attempt: JourneyStep["attempts"][number] }) {
	const line = `Try ${attempt.number}: ${(outcomeWords[attempt.outcome] ?? attempt.outcome).toLowerCase()} after ${duration(attempt.durationMs)}`;
	if (!attempt.exchangeId) return <p className="mt-1 text-[12px] text-muted">{line}</p>;
	return (
		<Disclosure className="mt-1">
			<Disclosure.Heading level={3}>
				<Disclosure.Trigger className="flex min-h-6 cursor-pointer items-center gap-1.5 text-[12px] text-muted hover:text-foreground">
					<Disclosure.Indicator />
					{line}. Request and answer
				</Disclosure.Trigger>
			</Disclosure.Heading>
			<Disclosure.Content>
				<Disclosure.Body className="pt-2 pl-0">
					<ExchangeView exchangeId={attempt.exchangeId} />
				</Disclosure.Body>
			</Disclosure.Content>
		</Disclosure>
	);
}
