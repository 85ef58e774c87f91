import type { Units } from "@/lib/api/contract/purchase-orders";

/** Received, not put away: neither on hand at the source nor in transit any more. */
export function notPutAway({ received, putAway }: Units): number {
	return Math.max(0, received - putAway);
}

/**
 * How much of a line is put away, received and still in transit, as one bar; the words below say the same. What came
 * in excess makes the bar full, and the words say by how much.
 */
export function UnitsBar({ units, words = true }: { units: Units; words?: boolean }) {
	const waiting = notPutAway(units);
	const whole = Math.max(units.expected, units.received, 1);
	const parts = [
		{ key: "put", of: units.putAway, className: "bg-success" },
		{ key: "received", of: waiting, className: "units-received" },
		{ key: "transit", of: units.inTransit, className: "bg-surface-tertiary" },
	].filter(({ of }) => of > 0);
	return (
		<div className="min-w-32">
			<div
				role="img"
				aria-label={sentence(units)}
				title={sentence(units)}
				className="flex h-2 gap-px overflow-hidden rounded-xs bg-default"
			>
				{parts.map(({ key, of, className }) => (
					<span key={key} className={className} style={{ width: `${(100 * of) / whole}%` }} />
				))}
			</div>
			{words && (
				<p className="num mt-1.5 flex flex-wrap gap-x-3 gap-y-0.5 text-[12px] text-muted">
					<Word className="bg-success" words={`${units.putAway} put away`} />
					{waiting > 0 && <Word className="units-received" words={`${waiting} received, not put away`} />}
					<Word className="bg-surface-tertiary" words={`${units.inTransit} in transit`} />
				</p>
			)}
		</div>
	);
}

function Word({ className, words }: { className: string; words: string }) {
	return (
		<span className="inline-flex items-center gap-1.5 whitespace-nowrap">
			<span aria-hidden className={`size-2 rounded-xs border border-field-border ${className}`} />
			{words}
		</span>
	);
}

function sentence(units: Units): string {
	const { expected, received, putAway, inTransit } = units;
	return `${expected} expected, ${received} received, ${putAway} put away, ${inTransit} in transit`;
}
