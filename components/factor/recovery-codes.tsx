"use client";
import { Button } from "@heroui/react";
import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { Notice } from "../ui/notice";

/** Recovery codes, the one time that they are shown. */
export function RecoveryCodes({ codes, onKept }: { codes: string[]; onKept: () => void }) {
	const [copied, setCopied] = useState(false);
	const text = `Recovery codes for Crossdock at ${window.location.host}\nEach works once.\n\n${codes.join("\n")}\n`;
	const copy = async () => {
		try {
			await navigator.clipboard.writeText(text);
			setCopied(true);
		} catch {
			// Without the right to write there, they can still be marked and copied by hand.
			setCopied(false);
		}
	};
	return (
		<div className="flex flex-col gap-3">
			<Notice tone="look" title="Keep these recovery codes now" live>
				When your phone or your passkey is lost, each of them lets you in once. They are not shown again. Print them, or
				put them where you keep passwords.
			</Notice>
			<ul aria-label="Recovery codes" className="grid max-w-xs grid-cols-2 gap-x-6 gap-y-1 font-mono text-[14px]">
				{codes.map((code) => (
					<li key={code}>{code}</li>
				))}
			</ul>
			<div className="flex flex-wrap gap-2">
				<Button size="sm" variant="outline" onPress={() => void copy()}>
					{copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
					{copied ? "Copied" : "Copy"}
				</Button>
				<Button size="sm" variant="outline" onPress={() => download(text)}>
					<Download size={14} aria-hidden /> Download
				</Button>
				<Button size="sm" onPress={onKept}>
					I have kept them
				</Button>
			</div>
		</div>
	);
}

function download(text: string): void {
	const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
	Object.assign(document.createElement("a"), { href, download: "crossdock-recovery-codes.txt" }).click();
	URL.revokeObjectURL(href);
}
