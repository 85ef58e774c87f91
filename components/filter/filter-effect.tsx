"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { api } from "@/lib/api/client";
import type { CartFilters } from "@/lib/canonical/filters";
import { useHref, useHub } from "../shell/hub-context";
import { plural } from "../ui/plural";
import { readProblem } from "../ui/problem";

interface EffectProps {
	connectionId: string;
	filters: CartFilters;
}

/** What the filters that are typed would have done to the newest orders, and will do to those that wait. */
export function FilterEffect({ connectionId, filters }: EffectProps) {
	const { account } = useHub();
	const href = useHref();
	const found = useQuery(
		api.filters.preview.queryOptions({
			input: { accountId: account.id, connectionId, filters },
			placeholderData: keepPreviousData,
		}),
	);
	if (found.error) return <span className="text-danger">{readProblem(found.error).sentence}</span>;
	if (!found.data) return <span className="text-muted">Trying it on the newest orders …</span>;
	const { checked, refused, examples, shortened, askedAgain, waiting } = found.data;
	return (
		<span className="text-muted">
			{checked === 0
				? "There is no order yet to try it on."
				: `Of the last ${plural(checked, "order")}, ${refused.toLocaleString("en")} would have been refused.`}
			{shortened > 0 && ` ${plural(shortened, "order")} would have gone out with fewer lines.`}
			{waiting > 0 && ` ${plural(waiting, "order that waits", "orders that wait")} will be sent with other lines.`}
			{askedAgain > 0 && ` ${plural(askedAgain, "skipped order")} will be asked for again.`}
			{examples.length > 0 && (
				<details className="mt-1">
					<summary className="cursor-pointer">Which orders</summary>
					<ul className="mt-1 max-h-40 overflow-auto">
						{examples.map(({ id, number, reason }) => (
							<li key={id}>
								<Link className="link" href={href(`orders/${id}`)}>
									{number}
								</Link>
								: {reason}
							</li>
						))}
						{refused > examples.length && <li>and {(refused - examples.length).toLocaleString("en")} more</li>}
					</ul>
				</details>
			)}
		</span>
	);
}
