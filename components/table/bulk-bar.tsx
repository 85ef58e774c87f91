"use client";
import { Button } from "@heroui/react";
import type { ReactNode } from "react";

interface BulkBarProps {
	count: number;
	/** What is selected, in the singular and the plural. */
	noun: [string, string];
	onClear: () => void;
	/** Buttons that say how many they act on: "Resend 4 orders". */
	children: ReactNode;
}

/** Appears with the first selected row and says how many there are. */
export function BulkBar({ count, noun, onClear, children }: BulkBarProps) {
	if (count === 0) return null;
	return (
		<section
			aria-label="Selection"
			className="sticky bottom-3 z-10 mt-3 flex flex-wrap items-center gap-2 rounded-[10px] border border-border bg-overlay px-3 py-2 shadow-overlay"
		>
			<span className="num mr-auto text-[13px]" role="status">
				{count === 1 ? `1 ${noun[0]} selected` : `${count} ${noun[1]} selected`}
			</span>
			{children}
			<Button size="sm" variant="ghost" onPress={onClear}>
				Clear
			</Button>
		</section>
	);
}
