/**
 * Takes secrets and shoppers' personal data out of what is kept of a request: by the name of the field, and
 * by value wherever one of our own secrets turns up. What remains shows the shape, and the data a repair needs.
 */
const marker = "•••";

/** Names of fields, lower case without separators, whose values are never kept. */
const secretNames = /password|secret|token|authorization|apikey|cookie|credential|tplkey|^tpl$|signature/;
const personalNames =
	/^(first|last|full|middle|customer|contact|shipto|billto|recipient)?name$|^(address|street|streetline|line|addressline)\d*$|phone|email|^fax$|^company(name)?$|giftmessage|^customernote$/;
/** Names of things, not of people: they hold a name that is needed to understand the exchange. */
const thingParents =
	/item|variant|product|sku|facility|customeridentifier|location|carrier|method|state|savedelements|service|unit/;

export interface Masker {
	/** A body: parsed and masked as JSON where it is JSON, else masked by value only. */
	body(body: string): string;
	headers(headers: Record<string, string>): Record<string, string>;
	url(url: string): string;
}

export function createMasker(secrets: () => Iterable<string>): Masker {
	const byValue = (text: string) => {
		let masked = text;
		for (const secret of secrets()) if (secret.length >= 4) masked = masked.replaceAll(secret, marker);
		return masked;
	};
	return {
		body: (body) => {
			if (!/^\s*[[{]/.test(body)) return byValue(body);
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
		url: (url) => byValue(url),
	};
}

function walk(value: unknown, parent: string): unknown {
	if (Array.isArray(value)) return value.map((entry) => walk(entry, parent));
	if (typeof value !== "object" || value === null) return value;
	const masked: Record<string, unknown> = {};
	for (const [key, entry] of Object.entries(value)) {
		const name = plain(key);
		const leaf = typeof entry === "string" || typeof entry === "number";
		if (
			leaf &&
			entry !== "" &&
			(secretNames.test(name) || (personalNames.test(name) && !(name === "name" && thingParents.test(parent))))
		) {
			masked[key] = marker;
		} else masked[key] = leaf ? entry : walk(entry, name);
	}
	return masked;
}

function plain(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
