"use client";
import { Time } from "../ui/time";
import type { Explained } from "./explain-page";

/** Stock by location, and below what purchase orders bring to each warehouse: it has no location before it is put away. */
export function StockLevels({ levels, purchases }: Pick<Explained, "levels" | "purchases">) {
	const heads = ["On hand", "Locked", "Available", "Incoming", "Not put away"];
	const cell = "num px-3 py-2 text-end";
	return (
		<div className="card-frame overflow-x-auto">
			<table className="w-full text-[13px]">
				<caption className="sr-only">Stock by location</caption>
				<thead>
					<tr className="border-separator border-b text-[12px] text-muted">
						<th scope="col" className="px-4 py-2 text-left font-medium">
							Location
						</th>
						{heads.map((head) => (
							<th key={head} scope="col" className="whitespace-nowrap px-3 py-2 text-end font-medium">
								{head}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{levels.map((level) => (
						<tr key={`${level.warehouse}-${level.location}`} className="border-separator border-b last:border-b-0">
							<th scope="row" className="min-w-40 px-4 py-2 text-left font-normal">
								{level.name}
								<span className="block text-[12px] text-muted">
									{level.warehouse}, counted <Time at={level.takenAt} />
								</span>
							</th>
							<td className={cell}>{level.onHand.toLocaleString("en")}</td>
							<td className={cell}>{level.locked.toLocaleString("en")}</td>
							<td
								className={`${cell} font-medium`}
								title={level.availableStated ? "as the warehouse states it" : "computed: on hand less locked"}
							>
								{level.available.toLocaleString("en")}
							</td>
							<td className={cell}>{level.incoming.toLocaleString("en")}</td>
							<td className={cell}>–</td>
						</tr>
					))}
					{purchases.map((one) => (
						<tr key={one.warehouse} className="border-separator border-b last:border-b-0">
							<th scope="row" className="min-w-40 px-4 py-2 text-left font-normal">
								Purchase orders
								<span className="block text-[12px] text-muted">{one.warehouse}, at no location yet</span>
							</th>
							<td className={cell}>–</td>
							<td className={cell}>–</td>
							<td className={cell}>–</td>
							<td className={cell}>{one.expected.toLocaleString("en")}</td>
							<td className={cell}>{one.notPutAway.toLocaleString("en")}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
