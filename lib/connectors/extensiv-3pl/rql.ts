/**
 * RQL, the query language of 3PL Warehouse Manager: reserved characters inside a value are percent-encoded
 * twice, once for RQL and once for the URL. The URL's own encoding is done by the client, so one remains here.
 */
export function rqlValue(value: string): string {
	return value.replace(
		/[%!()*=,;<>"' ]/g,
		(character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
	);
}

/** Unqualified local time as the system writes and reads it, for instance 2026-08-30T16:43:00. */
export function rqlTime(at: Date): string {
	return at.toISOString().slice(0, 19);
}

/** Times come without a zone; the connector reads them as UTC. */
export function parseTime(text: string | null | undefined): Date | null {
	if (!text) return null;
	const at = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
	return Number.isNaN(at.getTime()) ? null : at;
}
