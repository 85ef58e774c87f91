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
