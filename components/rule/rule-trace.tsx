import { Check, Minus, X } from "lucide-react";
import type { z } from "zod";
import type { explainedRule } from "@/lib/api/contract/rules";
import { toneText } from "../status/status-tag";

type Explained = z.output<typeof explainedRule>;

const outcomeWords: Record<Explained["outcome"], string> = {
	fired: "Fired",
	not: "Did not fire",
	off: "Switched off",
	past: "Not asked: a rule before it was the last",
};

/** Which rules were asked, which fired, and for which fact. */
export function RuleTraceList({ trace, onlyFired = false }: { trace: Explained[]; onlyFired?: boolean }) {
	const shown = onlyFired ? trace.filter(({ outcome }) => outcome === "fired") : trace;
	return (
		<ol className="flex flex-col gap-2.5 text-[13px]">
			{shown.map(({ name, outcome, because, did }, place) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: two rules may have one name, and the list never changes
				<li key={`${name}-${place}`}>
					<p>
						<span className="font-medium">{name}</span>{" "}
						<span className={outcome === "fired" ? toneText.done : "text-muted"}>{outcomeWords[outcome]}</span>
						{did.length > 0 && <span className="text-muted">: {did.join(", ")}</span>}
					</p>
					{because.length > 0 && (
						<ul className="mt-0.5 flex flex-col gap-0.5">
							{because.map(({ words, found, met, depth }, line) => (
								<li
									// biome-ignore lint/suspicious/noArrayIndexKey: one condition may stand twice, and the list never changes
									key={`${words}-${line}`}
									className="flex items-start gap-1.5 text-muted"
									style={{ paddingInlineStart: `${depth * 16 + 4}px` }}
								>
									<Verdict met={met} />
									<span className="min-w-0 break-words">
										{words}
										{found && <span>: {found}</span>}
									</span>
								</li>
							))}
						</ul>
					)}
				</li>
			))}
		</ol>
	);
}

function Verdict({ met }: { met: boolean }) {
	const Icon = met ? Check : X;
	return (
		<Icon size={13} aria-label={met ? "Yes" : "No"} className={`mt-1 shrink-0 ${met ? toneText.done : "text-muted"}`} />
	);
}

/** What an order becomes, before and after, where one of them may be nothing. */
export function Outcome({ words }: { words: string[] }) {
	if (words.length === 0)
		return (
			<span className="inline-flex items-center gap-1 text-muted">
				<Minus size={12} aria-hidden />
				as its cart wrote it
			</span>
		);
	return <span className="break-words">{words.join("; ")}</span>;
}
