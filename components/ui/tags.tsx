/** What something is tagged with; what is too much for its place is counted, and named when pointed at. */
export function Tags({ tags, most }: { tags: readonly string[]; most: number }) {
	const [shown, more] = [tags.slice(0, most), tags.slice(most)];
	if (shown.length === 0) return null;
	return (
		<ul aria-label="Tags" className="inline-flex flex-wrap gap-1">
			{shown.map((tag) => (
				<li key={tag} title={tag} className={chip}>
					{tag}
				</li>
			))}
			{more.length > 0 && (
				<li title={more.join(", ")} className={chip}>
					+{more.length}
				</li>
			)}
		</ul>
	);
}

const chip = "max-w-32 truncate rounded border border-border px-1.5 text-[12px] leading-5 text-muted";
