"use client";
import { Button, Input } from "@heroui/react";
import { useId, useState } from "react";
import { knownCarriers } from "@/lib/canonical/carriers";
import type { CarrierPair } from "@/lib/canonical/ship-method";
import { pairWords } from "./ship-method-words";

interface CarrierFormProps {
	label: string;
	/** Null: it is typed too. */
	from: CarrierPair | null;
	to: CarrierPair | null;
	onSave: (from: CarrierPair, to: CarrierPair | null) => void;
}

const nothing: CarrierPair = { carrier: "", service: "" };

/** One carrier's name, edited where it stands. Known codes are offered; any other can be typed. */
export function CarrierForm({ label, from, to, onSave }: CarrierFormProps) {
	const [open, setOpen] = useState(false);
	const [ours, setOurs] = useState(from ?? nothing);
	const [theirs, setTheirs] = useState(to ?? nothing);
	const list = useId();
	if (!open)
		return (
			<Button
				size="sm"
				variant={from ? "ghost" : "outline"}
				aria-label={from ? `${label} ${to ? pairWords(to) : "itself: passes through"}. Change` : label}
				onPress={() => {
					setTheirs(to ?? nothing);
					setOpen(true);
				}}
			>
				{from ? (to ? pairWords(to) || "No carrier" : "Passes through") : label}
			</Button>
		);
	const field = (side: "from" | "to", part: keyof CarrierPair) => {
		const [pair, set] = side === "from" ? ([ours, setOurs] as const) : ([theirs, setTheirs] as const);
		const words = part === "carrier" ? "Carrier" : "Service";
		return (
			<Input
				aria-label={`${words}, ${side === "from" ? "theirs" : label}`}
				placeholder={side === "from" ? `${words} there` : part === "carrier" ? "FEDEX" : "any service"}
				className="w-32"
				value={pair[part]}
				{...(part === "carrier" && { list })}
				onChange={(event) => set({ ...pair, [part]: event.target.value })}
			/>
		);
	};
	const close = (target: CarrierPair | null) => {
		onSave(ours, target);
		setOpen(false);
		if (!from) setOurs(nothing);
	};
	return (
		<form
			className="flex flex-wrap items-center gap-1.5"
			onSubmit={(event) => {
				event.preventDefault();
				close(pairWords(theirs) ? theirs : null);
			}}
		>
			<datalist id={list}>
				{knownCarriers.map(({ code, name }) => (
					<option key={code} value={code}>
						{name}
					</option>
				))}
			</datalist>
			{!from && (
				<>
					{field("from", "carrier")}
					{field("from", "service")}
					<span aria-hidden>→</span>
				</>
			)}
			{field("to", "carrier")}
			{field("to", "service")}
			<Button size="sm" type="submit" variant="outline" isDisabled={!pairWords(ours)}>
				Save
			</Button>
			{from && to && (
				<Button size="sm" variant="ghost" onPress={() => close(null)}>
					Pass through
				</Button>
			)}
			<Button size="sm" variant="ghost" onPress={() => setOpen(false)}>
				Cancel
			</Button>
		</form>
	);
}
