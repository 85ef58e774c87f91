import type { PurchaseOrderDetail } from "@/lib/api/contract/purchase-orders";
import { Time } from "../ui/time";
import { UnitsBar } from "./units-bar";

type Line = PurchaseOrderDetail["lines"][number];

/** A bar per line; below it the lots that came. An expiry is a day, the same for everybody. */
export function PurchaseOrderLines({ order: { lines, strangers } }: { order: PurchaseOrderDetail }) {
	return (
		<ul className="card-frame divide-y divide-separator">
			{lines.map((line) => (
				<li key={line.id} className="grid gap-x-6 gap-y-2 px-4 py-3 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)_160px]">
					<Item line={line} />
					<UnitsBar units={line} />
					<p className="num text-[13px] md:text-end">
						<span className={line.received >= line.expected ? "text-success" : ""}>{line.received}</span> of{" "}
						{line.expected} received
						{line.received > line.expected && (
							<span className="block text-warning">{line.received - line.expected} more than expected</span>
						)}
					</p>
				</li>
			))}
			{strangers.map(({ sku, quantity }) => (
				<li key={sku} className="flex flex-wrap justify-between gap-x-6 px-4 py-3 text-[13px]">
					<code>{sku}</code>
					<span className="text-warning">{quantity} received, never ordered</span>
				</li>
			))}
		</ul>
	);
}

function Item({ line }: { line: Line }) {
	const packs = line.unitsPerPack > 1 ? `${line.unitOfMeasure || "pack"} of ${line.unitsPerPack}` : "";
	return (
		<div className="text-[13px]">
			<code>{line.sku}</code>
			{(line.name || packs) && (
				<span className="block text-muted">{[line.name, packs].filter(Boolean).join(", ")}</span>
			)}
			{line.lots.map(({ lot, quantity, expiresAt }) => (
				<span key={lot} className="block text-[12px] text-muted">
					{quantity} of lot {lot}
					{expiresAt && (
						<>
							, expires <Time at={expiresAt} timeZone="UTC" />
						</>
					)}
				</span>
			))}
		</div>
	);
}
