"use client";
import { Button } from "@heroui/react";
import { ChevronLeft, ChevronRight } from "lucide-react";

interface PagerProps {
	/** The key after which the next page starts; null on the last page. */
	next: string | null;
	/** The keys of the pages before this one, first page first. */
	before: string[];
	onTurn: (before: string[], after: string | null) => void;
	/** The key after which this page started. */
	after: string | null;
	/** How many rows are shown, in words. */
	shown: string;
}

/** Turns pages by key, so that page 1,000 is as fast as page 1. */
export function Pager({ next, before, after, onTurn, shown }: PagerProps) {
	return (
		<nav aria-label="Pages" className="mt-3 flex items-center justify-between gap-3 text-[13px] text-muted">
			<span className="num" aria-live="polite">
				{shown}
			</span>
			<span className="flex gap-1">
				<Button
					size="sm"
					variant="outline"
					isDisabled={after === null}
					onPress={() => onTurn(before.slice(0, -1), before.at(-1) || null)}
				>
					<ChevronLeft size={14} aria-hidden />
					Previous
				</Button>
				<Button
					size="sm"
					variant="outline"
					isDisabled={next === null}
					onPress={() => next !== null && onTurn([...before, after ?? ""], next)}
				>
					Next
					<ChevronRight size={14} aria-hidden />
				</Button>
			</span>
		</nav>
	);
}
