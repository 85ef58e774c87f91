/**
 * Takes secrets and shoppers' personal data out of what is kept of a request: by the name of the field, and
 * by value wherever one of our own secrets turns up. What remains shows the shape, and the data a repair needs:
 * codes, quantities, city, region and country. Limit: free text that quotes a person is known only by its field.
 */
const marker = "•••";

/** Names of fields, lower case without separators, whose values are never kept. */
const secretNames = /password|secret|token|authorization|apikey|cookie|credential|tplkey|^tpl$|signature/;
const personalNames =
	/^(ship|shipping|bill|billing|cust)?(first|last|full|middle|given|family|customer|contact|ship|shipto|shipping|bill|billto|billing|recipient)?name\d*$|^(recipient|attention|attn)$|^(ship|shipping|bill|billing|cust)?(address|street|streetline|line|addressline)\d*$|^(ship|shipping|bill|billing|cust)?(zip|zipcode|postal|postalcode|postcode)$|phone|email|^fax(number)?$|^(ship|shipping|bill|billing|cust)?company(name)?$|giftmessage|^shippinginstructions$|^(customer|buyer|shopper|order|shipping|delivery|internal)?notes?(from|to)?(buyer)?$/;
/** Names of things, not of people: they hold a name that is needed to understand the exchange. */
const thingParents =
	/item|variant|product|sku|facility|facilities|customeridentifier|location|carrier|method|state|savedelements|service|unit|properties|arguments/;

export interface Masker {
	/**
	 * A body: masked as JSON where it is JSON, else by value and by the names in a form. `data` is what it was made
	 * from, or was parsed as, where that is known.
	 */
	body(body: string, data?: unknown): string;
	headers(headers: Record<string, string>): Record<string, string>;
	url(url: string): string;
	/** Any other text: our own secrets leave it. */
	text(text: string): string;
}

export function createMasker(secrets: () => Iterable<string>): Masker {
	const byValue = (text: string) => {
		let masked = text;
		for (const secret of secrets())
			if (secret.length >= 4 && masked.includes(secret)) masked = masked.replaceAll(secret, marker);
		// A mail address is known by its shape, in whatever field or sentence it stands.
		return masked.includes("@") ? masked.replace(/[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63})+/g, marker) : masked;
	};
	return {
		text: byValue,
		body: (body, data) => {
			if (body === "") return body;
			if (typeof data === "object" && data !== null) return byValue(JSON.stringify(walk(data, "")));
			if (/^\s*<(?!!doctype\s+html|html)/i.test(body)) return byValue(byElements(body));
			if (!/^\s*[[{]/.test(body)) return byValue(byPairs(body));
			try {
				return byValue(JSON.stringify(walk(JSON.parse(body), "")));
			} catch {
				// Not whole JSON: fields cannot be told apart, so only its beginning is kept, without any quoted text.
				return byValue(body.slice(0, 200).replace(/"(?:[^"\\]|\\.)*"?/g, `"${marker}"`));
			}
		},
		headers: (headers) => {
			const masked: Record<string, string> = {};
			for (const name in headers) masked[name] = kindOf(name).secret ? marker : (headers[name] ?? "");
			// Nearly always there is nothing to find, and one look at all of them says so.
			const all = Object.values(masked).join("\n");
			if (byValue(all) !== all) for (const name in masked) masked[name] = byValue(masked[name] ?? "");
			return masked;
		},
		url: (url) => byValue(byPairs(url)),
	};
}

/** Values of `name=value` pairs, as in a query or a form, whose names are not to be kept. */
function byPairs(text: string): string {
	if (!text.includes("=")) return text;
	return text.replace(/(^|[?&])([\w.%[\]-]+)=([^&#\s]*)/g, (pair, start: string, name: string, value: string) =>
		value !== "" && isHidden(name, "") ? `${start}${name}=${marker}` : pair,
	);
}

/** XML as text: by the names of elements and attributes. What comes after the last whole element is not kept. */
function byElements(text: string): string {
	const whole = /^[\s\S]*<\/[\w:.-]+>/.exec(text)?.[0] ?? /^\s*<[^<>]*>/.exec(text)?.[0] ?? "";
	return whole
		.replace(
			/<([\w:.-]+)([^<>]*)>((?:<!\[CDATA\[[\s\S]*?\]\]>|[^<])+)/g,
			(all, name: string, rest: string, held: string) =>
				held.trim() !== "" && isHidden(name, "") ? `<${name}${rest}>${marker}` : all,
		)
		.replace(/([\w:.-]+)="[^"<>]*"/g, (all, name: string) => (isHidden(name, "") ? `${name}="${marker}"` : all));
}

function walk(value: unknown, parent: string): unknown {
	if (Array.isArray(value)) return value.map((entry) => walk(entry, parent));
	if (typeof value !== "object" || value === null) return value;
	if (value instanceof Date) return value;
	const masked: Record<string, unknown> = {};
	const given = value as Record<string, unknown>;
	// Parsed JSON has no inherited keys, and this runs for every field of every exchange.
	for (const key in given) masked[key] = entryOf(key, given[key], parent);
	return masked;
}

function entryOf(key: string, entry: unknown, parent: string): unknown {
	if (entry === null || entry === "" || typeof entry === "boolean") return entry;
	if (typeof entry !== "object") return isHidden(key, parent) ? marker : entry;
	const kind = kindOf(key);
	return kind.secret ? marker : walk(entry, kind.name);
}

function isHidden(key: string, parent: string): boolean {
	const { name, secret, personal } = kindOf(key);
	return secret || (personal && !(name === "name" && thingParents.test(parent)));
}

interface Kind {
	/** Lower case without separators. */
	name: string;
	secret: boolean;
	personal: boolean;
}
const kinds = new Map<string, Kind>();

/** Names of fields are few and come again with every call, so what they mean is kept. */
function kindOf(key: string): Kind {
	const known = kinds.get(key);
	if (known) return known;
	const name = key.toLowerCase().replace(/[^a-z0-9]/g, "");
	const kind = { name, secret: secretNames.test(name), personal: personalNames.test(name) };
	if (kinds.size < 5000) kinds.set(key, kind);
	return kind;
}
