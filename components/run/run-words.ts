interface Counts {
	read?: number | undefined;
	created?: number | undefined;
	updated?: number | undefined;
	unchanged?: number | undefined;
	skipped?: number | undefined;
	failed?: number | undefined;
	total?: number | undefined;
}

/** What a run did, in words: "12 created, 1 failed"; what is zero is left out. */
export function countWords(counts: Counts): string {
	const words = (["created", "updated", "skipped", "failed"] as const).flatMap((kind) =>
		counts[kind] ? [`${counts[kind].toLocaleString("en")} ${kind}`] : [],
	);
	if (words.length > 0) return words.join(", ");
	return counts.read ? `${counts.read.toLocaleString("en")} read, nothing new` : "Nothing to do";
}
