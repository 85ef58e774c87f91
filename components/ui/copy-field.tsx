"use client";
import { Button } from "@heroui/react";
import { Check, Copy } from "lucide-react";
import { useState } from "react";

/** A text to take along, such as a key that is shown once. */
export function CopyField({ label, value }: { label: string; value: string }) {
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(value);
			setCopied(true);
		} catch {
			// Without the right to write there, the text can still be marked and copied by hand.
			setCopied(false);
		}
	};
	return (
		<div className="flex flex-wrap items-center gap-2">
			<input
				readOnly
				aria-label={label}
				value={value}
				onFocus={(event) => event.currentTarget.select()}
				className="min-w-0 flex-1 basis-60 rounded-[8px] border border-border bg-surface px-2.5 py-1.5 font-mono text-[13px]"
			/>
			<Button size="sm" variant="outline" onPress={() => void copy()}>
				{copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
				{copied ? "Copied" : "Copy"}
			</Button>
		</div>
	);
}
