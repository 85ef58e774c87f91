/**
 * Takes secrets and shoppers' personal data out of what is kept of a request: by the name of the field, and
 * by value wherever one of our own secrets turns up. What remains shows the shape, and the data a repair needs:
 * codes, quantities, city, region and country. Limit: free text that quotes a person is known only by its field.
 */
const marker = "•••";

/** Names of fields, lower case without separators, whose values are never kept. */
const secretNames = /password|secret|token|authorization|apikey|cookie|credential|tplkey|^tpl$|signature/;
const personalNames =
	/^(first|last|full|middle|given|family|customer|contact|shipto|billto|recipient)?name\d*$|^(recipient|attention|attn)$|^(address|street|streetline|line|addressline)\d*$|^(zip|zipcode|postal|postalcode|postcode)$|phone|email|^fax(number)?$|^company(name)?$|giftmessage|^(customer|buyer|shopper|order|shipping|delivery)?notes?$/;
/** Names of things, not of people: they hold a name that is needed to understand the exchange. */
const thingParents =
	/item|variant|product|sku|facility|facilities|customeridentifier|location|carrier|method|state|savedelements|service|unit|properties|arguments/;

export interface Masker {
	/** A body: parsed and masked as JSON where it is JSON, else masked by value and by the names in a form. */
	body(body: string): string;
	headers(headers: Record<string, string>): Record<string, string>;
	url(url: string): string;
	/** Any other text: our own secrets leave it. */
	text(text: string): string;
}

export function createMasker(secrets: () => Iterable<string>): Masker {
	const byValue = (text: string) => {
		let masked = text;
		for (const secret of secrets()) if (secret.length >= 4) masked = masked.replaceAll(secret, marker);
		return masked;
	};
	return {
		text: byValue,
		body: (body) => {
			if (!/^\s*[[{]/.test(body)) return byValue(byPairs(body));
			try {
				return byValue(JSON.stringify(walk(JSON.parse(body), "")));
			} catch {
				// Not whole JSON: fields cannot be told apart, so only its beginning is kept, without any quoted text.
				return byValue(body.slice(0, 200).replace(/"(?:[^"\\]|\\.)*"?/g, `"${marker}"`));
			}
		},
		headers: (headers) =>
			Object.fromEntries(
				Object.entries(headers).map(([name, value]) => [name, secretNames.test(plain(name)) ? marker : byValue(value)]),
			),
		url: (url) => byValue(byPairs(url)),
	};
}

/** Values of `name=value` pairs, as in a query or a form, whose names are not to be kept. */
function byPairs(text: string): string {
	if (!text.includes("=")) return text;
	return text.replace(/(^|[?&])([\w.%[\]-]+)=([^&#\s]*)/g, (pair, start: string, name: string, value: string) =>
		value !== "" && isHidden(plain(name), "") ? `${start}${name}=${marker}` : pair,
	);
}

function walk(value: unknown, parent: string): unknown {
	if (Array.isArray(value)) return value.map((entry) => walk(entry, parent));
	if (typeof value !== "object" || value === null) return value;
	const masked: Record<string, unknown> = {};
	for (const [key, entry] of Object.entries(value)) masked[key] = entryOf(plain(key), entry, parent);
	return masked;
}

function entryOf(name: string, entry: unknown, parent: string): unknown {
	if (entry === null || entry === "" || typeof entry === "boolean") return entry;
	if (typeof entry !== "object") return isHidden(name, parent) ? marker : entry;
	return secretNames.test(name) ? marker : walk(entry, name);
}

function isHidden(name: string, parent: string): boolean {
	return secretNames.test(name) || (personalNames.test(name) && !(name === "name" && thingParents.test(parent)));
}

const plainNames = new Map<string, string>();
/** Lower case without separators. The names of fields are few and come again with every call, so they are kept. */
function plain(name: string): string {
	const known = plainNames.get(name);
	if (known !== undefined) return known;
	const made = name.toLowerCase().replace(/[^a-z0-9]/g, "");
	if (plainNames.size < 5000) plainNames.set(name, made);
	return made;
}
