export interface Part {
	text: string;
	changed: boolean;
}

/** A value in words, those marked that the other value does not have; all of it where no word differs. */
export function changedWords(value: string, other: string): Part[] {
	if (value === "" || value === other) return [{ text: value, changed: false }];
	const there = new Set(other.split(/\s+/));
	const parts = value
		.split(/(\s+)/)
		.filter(Boolean)
		.map((text) => ({ text, changed: !/^\s+$/.test(text) && !there.has(text) }));
	return parts.some(({ changed }) => changed) ? parts : [{ text: value, changed: true }];
}
