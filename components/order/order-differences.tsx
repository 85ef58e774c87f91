import type { z } from "zod";
import type { orderDifference } from "@/lib/api/contract/order-changes";

/** Two states of an order side by side, field by field. */
export function OrderDifferences({
	differences,
	words,
}: {
	differences: z.output<typeof orderDifference>[];
	/** What the two columns are. */
	words: [string, string];
}) {
	return (
		<div className="mt-2 overflow-x-auto">
			<table className="w-full text-[13px]">
				<thead>
					<tr className="text-left text-[12px] text-muted">
						<th scope="col" className="py-1 pr-4 font-medium">
							What
						</th>
						{words.map((word) => (
							<th key={word} scope="col" className="py-1 pr-4 font-medium">
								{word}
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{differences.map(({ field, before, after }) => (
						<tr key={`${field}-${before}-${after}`} className="border-separator border-t">
							<th scope="row" className="py-1 pr-4 text-left font-normal text-muted">
								{field}
							</th>
							<td className="break-words py-1 pr-4">{before || "nothing"}</td>
							<td className="break-words py-1 pr-4 font-medium">{after || "nothing"}</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}
