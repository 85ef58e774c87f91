"use client";
import { Button, ComboBox, Input, ListBox } from "@heroui/react";
import { useState } from "react";
import type { CarrierPair } from "@/lib/canonical/ship-method";
import { mappedTo, pairWords, passed, type Target, targetKey, targetWords, unmapped } from "./ship-method-words";

interface TargetFieldProps {
	/** Names the code for those who hear it. */
	label: string;
	value: Target;
	methods: (CarrierPair & { name: string })[];
	suggestion: CarrierPair | null;
	onChange: (target: Target) => void;
}

const other = "other";

/** What a code becomes: found by typing a part of its name, with the most likely one first; other words can be typed. */
export function TargetField({ label, value, methods, suggestion, onChange }: TargetFieldProps) {
	const [typing, setTyping] = useState(false);
	const options = optionsOf(value, methods, suggestion);
	const choose = (key: string) => {
		setTyping(key === other);
		const chosen = options.find((option) => targetKey(option.target) === key);
		if (chosen) onChange(chosen.target);
	};
	if (typing) return <OtherWords label={label} value={value} onChange={onChange} close={() => setTyping(false)} />;
	return (
		<div className="flex min-w-44 flex-col gap-1">
			<ComboBox
				aria-label={label}
				fullWidth
				selectedKey={targetKey(value)}
				onSelectionChange={(key) => key !== null && choose(String(key))}
				menuTrigger="focus"
			>
				<ComboBox.InputGroup>
					<Input className="w-full" />
					<ComboBox.Trigger />
				</ComboBox.InputGroup>
				<ComboBox.Popover>
					<ListBox>
						{options.map(({ target, words }) => (
							<ListBox.Item key={targetKey(target)} id={targetKey(target)} textValue={words}>
								{words}
								<ListBox.ItemIndicator />
							</ListBox.Item>
						))}
						<ListBox.Item id={other} textValue="Something else">
							Something else …
						</ListBox.Item>
					</ListBox>
				</ComboBox.Popover>
			</ComboBox>
			{suggestion && value.action === "unmapped" && (
				<Button
					size="sm"
					variant="ghost"
					className="self-start"
					aria-label={`Use ${pairWords(suggestion)}, for ${label}`}
					onPress={() => onChange(mappedTo(suggestion))}
				>
					Use {pairWords(suggestion)}
				</Button>
			)}
		</div>
	);
}

function optionsOf(value: Target, methods: TargetFieldProps["methods"], suggestion: CarrierPair | null) {
	const known = [
		unmapped,
		passed,
		...(suggestion ? [mappedTo(suggestion)] : []),
		...methods.map(mappedTo),
		...(value.action === "map" ? [value] : []),
	];
	const options = new Map(known.map((target) => [targetKey(target), { target, words: targetWords(target) }]));
	return [...options.values()];
}

function OtherWords({
	label,
	value,
	onChange,
	close,
}: Pick<TargetFieldProps, "label" | "value" | "onChange"> & { close: () => void }) {
	const [words, setWords] = useState({ carrier: value.carrier, service: value.service });
	const empty = words.carrier.trim() === "" && words.service.trim() === "";
	return (
		<form
			className="flex flex-wrap items-center gap-1.5"
			onSubmit={(event) => {
				event.preventDefault();
				if (empty) return;
				onChange(mappedTo({ carrier: words.carrier.trim(), service: words.service.trim() }));
				close();
			}}
		>
			{(["carrier", "service"] as const).map((part) => (
				<Input
					key={part}
					aria-label={`${part === "carrier" ? "Carrier" : "Service"}, ${label}`}
					placeholder={part === "carrier" ? "Carrier" : "Service"}
					className="w-28"
					value={words[part]}
					onChange={(event) => setWords({ ...words, [part]: event.target.value })}
				/>
			))}
			<Button size="sm" type="submit" variant="outline" isDisabled={empty}>
				Use
			</Button>
			<Button size="sm" variant="ghost" onPress={close}>
				Back
			</Button>
		</form>
	);
}
