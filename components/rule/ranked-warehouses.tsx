"use client";
import { Button } from "@heroui/react";
import { ArrowDown, ArrowUp, X } from "lucide-react";
import { maxSplit } from "@/lib/canonical/rule";
import { Options } from "../ui/options";

interface RankedWarehousesProps {
	label: string;
	/** Their ids, the first choice first. */
	value: string[];
	warehouses: { id: string; name: string }[];
	onChange: (value: string[]) => void;
}

/** Warehouses in the order in which they are asked. */
export function RankedWarehouses({ label, value, warehouses, onChange }: RankedWarehousesProps) {
	const names = new Map(warehouses.map(({ id, name }) => [id, name]));
	const others = warehouses.filter(({ id }) => !value.includes(id));
	const move = (place: number, by: -1 | 1) => {
		const next = value.filter((_, at) => at !== place);
		next.splice(place + by, 0, ...value.slice(place, place + 1));
		onChange(next);
	};
	return (
		<div className="flex w-full min-w-0 flex-col gap-2">
			<ol className="flex flex-col gap-1" aria-label={`${label}: warehouses, the first choice first`}>
				{value.map((id, place) => (
					<li key={id} className="flex items-center gap-1.5">
						<span className="num w-5 shrink-0 text-end text-muted" aria-hidden>
							{place + 1}
						</span>
						<span className="min-w-0 flex-1 truncate px-1">{names.get(id) ?? "A warehouse that is gone"}</span>
						<RankButtons
							name={names.get(id) ?? id}
							isFirst={place === 0}
							isLast={place === value.length - 1}
							move={(by) => move(place, by)}
							remove={value.length > 1 ? () => onChange(value.filter((one) => one !== id)) : undefined}
						/>
					</li>
				))}
			</ol>
			{others.length > 0 && value.length < maxSplit && (
				<Options
					key={value.join()}
					label={`${label}: another warehouse`}
					value=""
					options={others.map(({ id, name }) => ({ value: id, label: name }))}
					onChange={(id) => onChange([...value, id])}
				/>
			)}
			<p className="text-[12px] text-muted">
				The first that has everything sends it. Otherwise each sends what it has; what none has waits at the first.
			</p>
			{warehouses.length < 2 && (
				<p className="text-[12px] text-muted">The merchant has one warehouse. Connect another to split orders.</p>
			)}
		</div>
	);
}

interface RankButtonsProps {
	name: string;
	isFirst: boolean;
	isLast: boolean;
	move: (by: -1 | 1) => void;
	remove: (() => void) | undefined;
}

function RankButtons({ name, isFirst, isLast, move, remove }: RankButtonsProps) {
	const plain = { size: "sm", variant: "ghost", isIconOnly: true } as const;
	return (
		<>
			<Button {...plain} isDisabled={isFirst} aria-label={`Ask ${name} earlier`} onPress={() => move(-1)}>
				<ArrowUp size={14} aria-hidden />
			</Button>
			<Button {...plain} isDisabled={isLast} aria-label={`Ask ${name} later`} onPress={() => move(1)}>
				<ArrowDown size={14} aria-hidden />
			</Button>
			{remove && (
				<Button {...plain} aria-label={`Take ${name} out`} onPress={remove}>
					<X size={14} aria-hidden />
				</Button>
			)}
		</>
	);
}
