/** How much of a line went to the warehouse and how much waits for stock, as a bar and in words. */
export function LineBar({ ordered, sent, waiting }: { ordered: number; sent: number; waiting: number }) {
	return (
		<span className="block max-w-64">
			<span aria-hidden className="flex h-1.5 overflow-hidden rounded-full bg-surface-secondary">
				<span className="bg-accent" style={{ width: `${(100 * sent) / ordered}%` }} />
			</span>
			<span className="num mt-1 block text-[12px] text-muted">
				{ordered} ordered, {sent} sent, {waiting} waiting
			</span>
		</span>
	);
}
