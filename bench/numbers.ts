/** The value below which the given share of all lies; the nearest one that was measured. */
export function percentile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	const place = Math.ceil(share * sorted.length) - 1;
	return sorted[Math.min(sorted.length - 1, Math.max(0, place))] ?? Number.NaN;
}

export function median(values: number[]): number {
	return percentile(values, 0.5);
}

export function rounded(value: number, digits = 0): number {
	return Number(value.toFixed(digits));
}
