"use client";
import { useQuery } from "@tanstack/react-query";
import { api } from "@/lib/api/client";
import { orderFilterStates } from "@/lib/api/contract/orders";
import { useHub } from "../shell/hub-context";
import { Choice, FilterSentence, SearchBox } from "../table/filters";
import { MerchantChoice } from "../table/merchant-choice";
import { dayChoices, stateChoices } from "./order-filters";
import type { useOrderFilters } from "./use-order-filters";

type Narrowing = Pick<ReturnType<typeof useOrderFilters>, "filters" | "change">;

/** What the list of orders can be narrowed to. */
export function OrderFilterBar({ filters, change }: Narrowing) {
	return (
		<div className="mb-3 flex flex-wrap gap-2">
			<SearchBox
				label="Search orders"
				placeholder="Order, warehouse or tracking number"
				value={filters.q}
				onChange={(q) => change({ q })}
			/>
			<Choice
				label="State"
				any="Any state"
				value={filters.state}
				options={stateChoices}
				onChange={(state) => change({ state: orderFilterStates.find((known) => known === state) ?? null })}
			/>
			<MerchantChoice value={filters.merchant} onChange={(merchant) => change({ merchant })} />
			<Choice
				label="Loaded"
				any="Any time"
				value={filters.days === null ? null : String(filters.days)}
				options={dayChoices}
				onChange={(days) => change({ days: days === null ? null : Number(days) })}
			/>
			<TagChoice tag={filters.tag} onChange={(tag) => change({ tag })} />
		</div>
	);
}

/** Nothing to choose while no order has a tag. */
function TagChoice({ tag, onChange }: { tag: string | null; onChange: (tag: string | null) => void }) {
	const { account } = useHub();
	const list = useQuery(api.orders.tags.queryOptions({ input: { accountId: account.id }, staleTime: 60_000 }));
	const known = list.data?.items ?? [];
	// As the list spells it, which may be otherwise than the address does.
	const chosen = tag && (known.find((one) => one.toLowerCase() === tag.toLowerCase()) ?? tag);
	const offered = chosen && !known.includes(chosen) ? [chosen, ...known] : known;
	if (offered.length === 0) return null;
	const options = offered.map((one) => ({ value: one, label: one }));
	return <Choice label="Tag" any="Any tag" value={chosen} options={options} onChange={onChange} />;
}

/** The filters in force, each cleared by itself. */
export function OrderFilterSentence({ filters, change, clear }: Narrowing & { clear: () => void }) {
	const { merchants } = useHub();
	const merchantName = merchants.find(({ id }) => id === filters.merchant)?.name;
	const chips = [
		filters.q && { words: `"${filters.q}"`, clear: () => change({ q: "" }) },
		filters.state && { words: labelOf(stateChoices, filters.state), clear: () => change({ state: null }) },
		merchantName && { words: `at ${merchantName}`, clear: () => change({ merchant: null }) },
		filters.connection && { words: "from one cart", clear: () => change({ connection: null }) },
		filters.days && {
			words: labelOf(dayChoices, String(filters.days)),
			clear: () => change({ days: null }),
		},
		filters.tag && { words: `tagged ${filters.tag}`, clear: () => change({ tag: null }) },
	];
	return <FilterSentence chips={chips.filter((chip) => chip !== null && typeof chip === "object")} clearAll={clear} />;
}

function labelOf(choices: { value: string; label: string }[], value: string): string {
	return choices.find((choice) => choice.value === value)?.label ?? value;
}
