"use client";
import { Button } from "@heroui/react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { type Control, type FieldValues, useWatch } from "react-hook-form";
import type { z } from "zod";
import { api } from "@/lib/api/client";
import type { referencePreview } from "@/lib/api/contract/reference-preview";
import type { FormField } from "../form/field";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { Notice } from "../ui/notice";
import { Pick } from "../ui/pick";
import { Section } from "../ui/section";
import { sent } from "./connection-values";

type Preview = z.output<typeof referencePreview>;
type Reference = Preview["references"][number];

interface ReferencePreviewProps {
	system: string;
	fields: FormField[];
	control: Control<FieldValues>;
	of: { accountId: string; merchantId: string; connectorKey: string; connectionId?: string | undefined };
}

const objects = [
	{ value: "order", label: "Order" },
	{ value: "purchase-order", label: "Purchase order" },
] as const;
type About = (typeof objects)[number]["value"];

/** What stands in the form now, filled from a real order while it is typed: nothing is saved or sent. */
export function ReferencePreview({ system, fields, control, of }: ReferencePreviewProps) {
	const takesPurchases = fields.some(({ template, section }) => template && section === "Purchase orders");
	const [about, setAbout] = useState<About>("order");
	const [number, setNumber] = useState("");
	const [isAsked, setIsAsked] = useState(false);
	const { options } = sent(fields, useWatch({ control }));
	const asked = useSettled(JSON.stringify({ options, about, number: number.trim() }));
	const { number: typed, ...rest } = JSON.parse(asked) as { options: typeof options; about: About; number: string };
	const preview = useQuery({
		...api.connections.previewReferences.queryOptions({ input: { ...of, ...rest, ...(typed && { number: typed }) } }),
		enabled: isAsked,
		placeholderData: keepPreviousData,
		retry: false,
	});
	const what = about === "order" ? "order" : "purchase order";
	return (
		<Section
			title="References on a real order"
			about={`What ${system} would be told beside the goods, with the settings above as they are typed. Nothing is saved or sent.`}
		>
			<div className="flex flex-wrap items-start gap-2">
				{takesPurchases && (
					<div className="w-full max-w-48">
						<Pick label="Try on" value={about} options={[...objects]} onChange={(value) => setAbout(value as About)} />
					</div>
				)}
				<div className="w-full max-w-60">
					<PlainField label="Its number" help={`Empty: the newest ${what}.`} value={number} onChange={setNumber} />
				</div>
				{!isAsked && (
					<Button className="sm:mt-6" variant="outline" onPress={() => setIsAsked(true)}>
						Preview on a real order
					</Button>
				)}
			</div>
			{isAsked && (
				<div className="mt-4 flex flex-col gap-3" aria-live="polite" aria-busy={preview.isFetching}>
					{preview.error ? (
						<ErrorPanel error={preview.error} />
					) : (
						preview.data && <Shown preview={preview.data} what={what} />
					)}
				</div>
			)}
		</Section>
	);
}

/** The last text that stood for a moment: not one call for each letter. */
function useSettled(text: string): string {
	const [settled, setSettled] = useState(text);
	useEffect(() => {
		const timer = setTimeout(() => setSettled(text), 400);
		return () => clearTimeout(timer);
	}, [text]);
	return settled;
}

function Shown({ preview: { number, stop, references, more }, what }: { preview: Preview; what: string }) {
	const name = `${what.charAt(0).toUpperCase()}${what.slice(1)} ${number}`;
	if (references.length === 0)
		return <Notice title={`${name}: no reference is set for it`}>Its own values are sent as they are.</Notice>;
	const cut = references.filter(({ outcome }) => outcome === "cut").length;
	return (
		<>
			{stop !== null ? (
				<Notice tone="person" title={`${name} would be stopped`}>
					{stop}
				</Notice>
			) : (
				<Notice
					tone={cut > 0 ? "look" : "done"}
					title={cut > 0 ? `${name}: ${cut} would be cut` : `${name}: all fits`}
				/>
			)}
			<ul className="card-frame divide-y divide-separator">
				{references.map((one) => (
					<Row key={`${one.line?.number ?? ""} ${one.label}`} reference={one} />
				))}
			</ul>
			{more > 0 && <p className="text-[13px] text-muted">And {more} more of further lines.</p>}
		</>
	);
}

function Row({ reference: { label, line, told, rest, length, most, outcome } }: { reference: Reference }) {
	const words = {
		told: `${length} of ${most} characters`,
		cut: `Cut: ${length} characters, the warehouse takes ${most}`,
		stops: `Stops it: ${length} characters, the warehouse takes ${most}`,
		empty: "Empty: what it has of its own is sent",
		withheld: "Withheld: this warehouse must not know the shopper",
	}[outcome];
	const tone = {
		told: "text-muted",
		empty: "text-muted",
		withheld: "text-muted",
		cut: "text-warning",
		stops: "text-danger",
	};
	return (
		<li className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-2.5 text-[13px]">
			<span className="w-44 shrink-0 break-words">
				<span className="font-medium">{label}</span>
				{line && (
					<span className="block text-muted">
						Line {line.number}, {line.sku}
					</span>
				)}
			</span>
			<span className="min-w-0 flex-1 basis-52">
				{(told || rest) && (
					<span className="block whitespace-pre-wrap break-words">
						{told}
						{rest && <del className="text-muted">{rest}</del>}
					</span>
				)}
				<span className={`block ${tone[outcome]}`}>{words}</span>
			</span>
		</li>
	);
}
