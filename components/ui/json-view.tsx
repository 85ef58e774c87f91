"use client";
import { Button } from "@heroui/react";
import { Check, Copy } from "lucide-react";
import { useState } from "react";

/** A payload as people read it: indented, scrolled in its own box, copied with one press. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
	const text = pretty(value);
	return (
		<div className="relative rounded-md border border-border bg-surface-secondary">
			<div className="absolute top-1 right-1">
				<CopyButton text={text} label={`Copy ${label}`} />
			</div>
			{/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and several sections would all be landmarks */}
			{/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
			<div role="group" className="max-h-80 overflow-auto p-3 pr-10" tabIndex={0} aria-label={label}>
				<pre className="leading-5">{text}</pre>
			</div>
		</div>
	);
}

export function CopyButton({ text, label }: { text: string; label: string }) {
	const [copied, setCopied] = useState(false);
	const copy = async () => {
		await copyText(text);
		setCopied(true);
		setTimeout(() => setCopied(false), 2_000);
	};
	return (
		<Button isIconOnly size="sm" variant="ghost" aria-label={copied ? "Copied" : label} onPress={copy}>
			{copied ? <Check size={14} /> : <Copy size={14} />}
		</Button>
	);
}

/** Text that is JSON is laid out as JSON; other text stays as it is. */
function pretty(value: unknown): string {
	if (typeof value !== "string") return JSON.stringify(value, null, 2) ?? "";
	try {
		return JSON.stringify(JSON.parse(value), null, 2);
	} catch {
		return value;
	}
}

/** Browsers give the clipboard to https and to this machine only; elsewhere the older way still works. */
async function copyText(text: string): Promise<void> {
	if (navigator.clipboard) return navigator.clipboard.writeText(text);
	const area = document.createElement("textarea");
	area.value = text;
	document.body.append(area);
	area.select();
	document.execCommand("copy");
	area.remove();
}
