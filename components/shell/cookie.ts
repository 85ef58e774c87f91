/** What this browser remembers for a person, readable by the server. Nothing secret goes here. Browser only. */
const yearSeconds = 31_536_000;

export function readCookie(name: string): string | null {
	const pair = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
	return pair ? pair.slice(name.length + 1) : null;
}

/** Keeps a value for a year; null forgets it. */
export function keepCookie(name: string, value: string | null): void {
	const age = value === null ? 0 : yearSeconds;
	// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
	document.cookie = `${name}=${value ?? ""}; path=/; max-age=${age}; samesite=lax`;
}
