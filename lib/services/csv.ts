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

/** The cells of a CSV file, with commas, semicolons or tabs between them; empty lines left out. Null: a quote never ends. */
export function parseCsv(text: string): { line: number; cells: string[] }[] | null {
	const source = text.replace(/^\uFEFF/, "");
	const comma = separatorOf(source);
	const rows: { line: number; cells: string[] }[] = [];
	let cells: string[] = [];
	let [line, start, cell, quoted] = [1, 1, "", false];
	const end = () => {
		cells.push(cell);
		if (cells.some((one) => one.trim() !== "")) rows.push({ line: start, cells: cells.map(unguarded) });
		[cells, cell] = [[], ""];
	};
	for (let at = 0; at < source.length; at++) {
		const letter = source[at] ?? "";
		if (letter === "\n") line++;
		if (quoted) {
			if (letter !== '"') cell += letter;
			else if (source[at + 1] === '"') cell += source[at++ + 1] ?? "";
			else quoted = false;
		} else if (letter === '"' && cell.trim() === "") [quoted, cell] = [true, ""];
		else if (letter === comma) [cells, cell] = [[...cells, cell], ""];
		else if (letter === "\n") {
			end();
			start = line;
		} else if (letter !== "\r") cell += letter;
	}
	if (cell !== "" || cells.length > 0) end();
	return quoted ? null : rows;
}

/** Where a column of this name is, in any case; -1 where there is none. */
export function columnAt(head: string[], name: string): number {
	return head.findIndex((one) => one.toLowerCase() === name.toLowerCase());
}

/** The row with as many cells as its head. */
export function padded(cells: string[], length: number): string[] {
	return Array.from({ length }, (_, at) => cells[at] ?? "");
}

/** What the first line has most of. */
function separatorOf(text: string): string {
	const first = text.slice(0, text.indexOf("\n") < 0 ? text.length : text.indexOf("\n"));
	const count = (letter: string) => first.split(letter).length;
	return [";", "\t"].find((letter) => count(letter) > count(",")) ?? ",";
}

/** Takes off the apostrophe that `csvCell` puts before what looks active. */
function unguarded(cell: string): string {
	const text = cell.trim();
	return text.startsWith("'") && looksActive.test(text.slice(1)) ? text.slice(1) : text;
}
