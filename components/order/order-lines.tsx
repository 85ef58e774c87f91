import type { z } from "zod";
import type { orderDetail } from "@/lib/api/contract/orders";
import { LineBar } from "../backorder/line-bar";

type Line = z.output<typeof orderDetail>["lines"][number];

/** Lines with how much of each has left; where something waits for stock, how much went, how much waits, and why. */
export function OrderLines({ lines }: { lines: Line[] }) {
	return (
		<div className="card-frame overflow-x-auto">
			<table className="w-full text-[13px]">
				<thead>
					<tr className="border-separator border-b text-left text-[12px] text-muted">
						<th scope="col" className="px-4 py-2 font-medium">
							Item
						</th>
						<th scope="col" className="px-4 py-2 text-end font-medium">
							Shipped of ordered
						</th>
					</tr>
				</thead>
				<tbody>
					{lines.map((line) => (
						<tr key={line.id} className="border-separator border-b last:border-b-0">
							<td className="px-4 py-2">
								<code className={line.filtered ? "line-through" : ""}>{line.sku || "no item code"}</code>
								<span className={`block text-muted ${line.filtered ? "line-through" : ""}`}>{line.name}</span>
								{line.filtered && (
									<span className="block text-[12px] text-muted">Not sent: the cart's item filter</span>
								)}
								{line.waitingQuantity > 0 && <Waiting line={line} />}
							</td>
							<td className="num px-4 py-2 text-end align-top">
								{line.filtered ? (
									<span className="text-muted">filtered, {line.quantity}</span>
								) : (
									<>
										<span className={line.shippedQuantity >= line.quantity ? "text-success" : ""}>
											{line.shippedQuantity}
										</span>{" "}
										of {line.quantity}
									</>
								)}
							</td>
						</tr>
					))}
				</tbody>
			</table>
		</div>
	);
}

function Waiting({ line }: { line: Line }) {
	return (
		<span className="mt-1.5 block">
			<LineBar ordered={line.quantity} sent={line.sentQuantity} waiting={line.waitingQuantity} />
			{line.waitsFor.length > 0 && <span className="mt-1 block text-muted">{line.waitsFor.join("; ")}</span>}
		</span>
	);
}
