/** Keyset paging: a page is asked for one row longer than it is, so that "is there more" costs nothing. */
export interface PageInput {
	after?: string | undefined;
	limit: number;
}
export interface Page<T> {
	items: T[];
	next: string | null;
}

/** Cuts what was read for a page, asked with `limit + 1`, and names the key after which the next one starts. */
export function cutPage<Row, T>(
	rows: Row[],
	limit: number,
	of: { key: (row: Row) => string; item: (row: Row) => T },
): Page<T> {
	const shown = rows.slice(0, limit);
	const last = shown.at(-1);
	return { items: shown.map(of.item), next: rows.length > limit && last !== undefined ? of.key(last) : null };
}

/** Collects the conditions of a query and numbers their values. */
export class Conditions {
	readonly values: unknown[] = [];
	private readonly parts: string[] = [];

	/** Adds a condition; each ? stands for the value given. Left out when the value is undefined. */
	add(text: string, value?: unknown): void {
		if (value === undefined) return;
		this.values.push(value);
		this.parts.push(text.replaceAll("?", `$${this.values.length}`));
	}

	plain(text: string): void {
		this.parts.push(text);
	}

	get where(): string {
		return this.parts.join(" and ");
	}
}

/** Text that a `like` takes literally, followed by anything. */
export function startsWith(text: string): string {
	return `${text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
}
