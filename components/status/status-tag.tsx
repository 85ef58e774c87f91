import type { LucideIcon } from "lucide-react";

/** What a status looks like. Colour has one meaning: waiting, moving, done, needs a look, needs a person. */
export interface Look {
	word: string;
	icon: LucideIcon;
	tone: Tone;
	/** What the state means, for people who meet it for the first time. */
	sentence: string;
}
export type Tone = "waiting" | "moving" | "done" | "look" | "person";

export const toneText: Record<Tone, string> = {
	waiting: "text-muted",
	moving: "text-accent",
	done: "text-success",
	look: "text-warning",
	person: "text-danger",
};

/** Icon and word in the colour of the tone; the meaning is read out and shown on hover. */
export function StatusTag({ look, word = look.word }: { look: Look; word?: string }) {
	const Icon = look.icon;
	return (
		<span
			className={`inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-[13px] ${toneText[look.tone]}`}
			title={look.sentence}
		>
			<Icon size={14} strokeWidth={2.25} aria-hidden className="shrink-0" />
			{word}
		</span>
	);
}
