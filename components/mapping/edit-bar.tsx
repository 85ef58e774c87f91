"use client";
import { Button } from "@heroui/react";
import type { ReactNode } from "react";

interface EditBarProps {
	/** How many changes are not saved yet, in words. */
	words: string;
	/** What they do to orders that wait. */
	effect: ReactNode;
	isPending: boolean;
	isDisabled?: boolean;
	onSave: () => void;
	onDiscard: () => void;
}

/** Stays in sight while something is changed and not saved. */
export function EditBar({ words, effect, isPending, isDisabled = false, onSave, onDiscard }: EditBarProps) {
	return (
		<section
			aria-label="Changes"
			className="sticky bottom-3 z-10 mt-3 flex flex-wrap items-center gap-2 rounded-[10px] border border-border bg-overlay px-3 py-2 shadow-overlay"
		>
			<div className="min-w-0 flex-1 basis-60 text-[13px]" role="status">
				<span className="font-medium">{words}</span> {effect}
			</div>
			<Button size="sm" variant="ghost" onPress={onDiscard}>
				Discard
			</Button>
			<Button size="sm" isPending={isPending} isDisabled={isDisabled} onPress={onSave}>
				Save
			</Button>
		</section>
	);
}
