"use client";
import { Button } from "@heroui/react";
import { useState } from "react";
import type { z } from "zod";
import type { connectorCard } from "@/lib/api/contract/connections";
import { SearchBox } from "../table/filters";
import { Section } from "../ui/section";

type Card = z.output<typeof connectorCard>;
type Side = Card["roles"][number];

interface SystemPickerProps {
	connectors: Card[];
	/** Why nothing can be picked yet. */
	disabledReason: string | null;
	onPick: (key: string, side: Side) => void;
}

const sides: { side: Side; title: string; about: string }[] = [
	{ side: "source", title: "Where orders come from", about: "Carts, marketplaces and order managers." },
	{ side: "destination", title: "Where orders go", about: "Warehouse and order management systems." },
];

export function SystemPicker({ connectors, disabledReason, onPick }: SystemPickerProps) {
	const [query, setQuery] = useState("");
	const shown = connectors.filter(({ name, about }) => `${name} ${about}`.toLowerCase().includes(query.toLowerCase()));
	return (
		<>
			<div className="mb-4">
				<SearchBox label="Search systems" placeholder="Name of the system" value={query} onChange={setQuery} />
			</div>
			{disabledReason && <p className="mb-3 text-[13px] text-warning">{disabledReason}</p>}
			{sides.map(({ side, title, about }) => (
				<Section key={side} title={title} about={about} bare>
					<ul className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
						{shown
							.filter(({ roles }) => roles.includes(side))
							.map((card) => (
								<li key={card.key} className="card-frame flex flex-col gap-2 p-4">
									<span className="font-medium">{card.name}</span>
									<span className="text-[13px] text-muted">{card.about}</span>
									<ul className="flex flex-wrap gap-1" aria-label={`What ${card.name} can do`}>
										{card.functions.map((name) => (
											<li key={name} className="rounded border border-border px-1.5 text-[11px] text-muted leading-5">
												{name}
											</li>
										))}
									</ul>
									<Button
										size="sm"
										variant="outline"
										className="mt-auto self-start"
										isDisabled={disabledReason !== null}
										onPress={() => onPick(card.key, side)}
									>
										Connect {card.name}
									</Button>
								</li>
							))}
					</ul>
				</Section>
			))}
		</>
	);
}
