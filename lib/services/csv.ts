/** Tables as CSV (RFC 4180) that a spreadsheet opens as text: no cell can be a formula. */

/** A spreadsheet takes a cell that begins so for a formula, or for something it may act upon. */
const looksActive = /^[=+\-@\t\r＝＋－＠]/;

/** One cell: active beginnings get an apostrophe in front, which spreadsheets show as text. Numbers stay numbers. */
export function csvCell(value: unknown): string {
	if (typeof value === "number") return String(value);
	if (value instanceof Date) return value.toISOString();
	const text = value === null || value === undefined ? "" : String(value);
	const harmless = looksActive.test(text) ? `'${text}` : text;
	return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export function csvRow(cells: unknown[]): string {
	return `${cells.map(csvCell).join(",")}\r\n`;
}
