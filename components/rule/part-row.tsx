"use client";
import { Button } from "@heroui/react";
import { X } from "lucide-react";
import type { ReactNode } from "react";

interface PartRowProps {
	/** "Condition 2", for those who hear it. */
	label: string;
	/** Absent for the only one. */
	onRemove?: (() => void) | undefined;
	children: ReactNode;
}

/** One condition or action of a rule, read from left to right, with the button that removes it. */
export function PartRow({ label, onRemove, children }: PartRowProps) {
	return (
		<fieldset
			className="flex flex-wrap items-center gap-2 rounded-[8px] border border-border bg-surface p-2"
			aria-label={label}
		>
			{children}
			{onRemove && (
				<Button
					size="sm"
					variant="ghost"
					isIconOnly
					aria-label={`Remove ${label.toLowerCase()}`}
					onPress={onRemove}
					className="ml-auto"
				>
					<X size={14} aria-hidden />
				</Button>
			)}
		</fieldset>
	);
}
