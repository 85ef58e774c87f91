"use client";
import { Button } from "@heroui/react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { z } from "zod";
import { apiClient } from "@/lib/api/client";
import type { mapPreview } from "@/lib/api/contract/map-preview";
import { PlainField } from "../form/plain-field";
import { ErrorPanel } from "../shell/error-panel";
import { JsonView } from "../ui/json-view";
import { Notice } from "../ui/notice";
import { Section } from "../ui/section";

type Preview = z.output<typeof mapPreview>;
export type AskPreview = Omit<Parameters<typeof apiClient.connections.preview>[0], "side" | "number">;

interface MapPreviewProps {
	side: "source" | "destination";
	system: string;
	/** What stands in the form now, saved or not. */
	given: () => AskPreview;
}

/** Field maps tried on a real order, with what stands in the form: nothing is saved or sent. */
export function MapPreview({ side, system, given }: MapPreviewProps) {
	const [number, setNumber] = useState("");
	const preview = useMutation({
		mutationFn: () => apiClient.connections.preview({ ...given(), side, ...(number && { number }) }),
	});
	const about =
		side === "destination"
			? `What ${system} would be sent of a real order with the settings above. Nothing is sent.`
			: `What becomes of a real order of ${system} with the settings above. Nothing is loaded.`;
	return (
		<Section title="Preview on a real order" about={about}>
			<div className="flex flex-wrap items-end gap-2">
				{side === "destination" && (
					<div className="w-full max-w-60">
						<PlainField label="Order number" help="Empty: the newest order." value={number} onChange={setNumber} />
					</div>
				)}
				<Button variant="outline" isPending={preview.isPending} onPress={() => preview.mutate()}>
					{side === "destination" ? "Show the request" : "Read one order"}
				</Button>
			</div>
			<div className="mt-4 flex flex-col gap-4" aria-live="polite">
				{preview.error ? <ErrorPanel error={preview.error} /> : preview.data && <Shown preview={preview.data} />}
			</div>
		</Section>
	);
}

function Shown({ preview }: { preview: Preview }) {
	if (preview.side === "destination")
		return (
			<>
				<Problems
					problems={preview.problems}
					good={`Order ${preview.number} can be sent`}
					bad={`Order ${preview.number} would not be sent`}
				/>
				<p className="text-[13px]">
					<code className="break-all">
						{preview.method} {preview.url}
					</code>
				</p>
				<JsonView value={preview.headers} label="headers" />
				<JsonView value={preview.body} label="body" />
				{preview.leftOut.length > 0 && (
					<p className="text-[13px] text-muted">
						Left out, because the order has nothing for them: {preview.leftOut.join(", ")}.
					</p>
				)}
			</>
		);
	if (preview.given === null) return <Notice title="The list holds no order just now" live />;
	return (
		<>
			<Problems problems={preview.problems} good="The order can be read" bad="The order cannot be read yet" />
			{preview.read !== null && <Labelled label="In our words" value={preview.read} />}
			<Labelled label="As it was given" value={preview.given} />
		</>
	);
}

function Labelled({ label, value }: { label: string; value: string }) {
	return (
		<div>
			<p className="mb-1 font-medium text-[13px]">{label}</p>
			<JsonView value={value} label={label.toLowerCase()} />
		</div>
	);
}

function Problems({ problems, good, bad }: { problems: Preview["problems"]; good: string; bad: string }) {
	if (problems.length === 0) return <Notice tone="done" title={good} live />;
	return (
		<Notice tone="person" title={bad} live>
			<ul className="flex flex-col gap-0.5">
				{problems.map(({ field, problem }) => (
					<li key={`${field} ${problem}`}>
						<code>{field}</code> {problem}
					</li>
				))}
			</ul>
		</Notice>
	);
}
