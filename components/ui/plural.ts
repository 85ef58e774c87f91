/** A count with its noun: "1 order", "1,200 orders". */
export function plural(count: number, noun: string, nouns = `${noun}s`): string {
	return `${count.toLocaleString("en")} ${count === 1 ? noun : nouns}`;
}
