/**
 * XML as plain data and back, for systems that speak it: `{ Orders: { "@pages": "1", Order: [ … ] } }`. An element that
 * holds text alone is that text; one that comes again is a list. No entity of a document's own is ever expanded.
 */
import { SaxesParser } from "saxes";
import type { BodyFormat } from "./types";

export interface XmlGroup {
	[name: string]: XmlValue;
}
export type XmlValue = string | XmlGroup | XmlValue[];

interface Open {
	name: string;
	group: XmlGroup;
	text: string;
}

/** Throws on what is not well-formed, on a page of HTML, and on a document type. */
export function parseXml(text: string): XmlGroup {
	const parser = new SaxesParser({ position: false });
	// The one entity of HTML that carts leave in their texts.
	parser.ENTITIES.nbsp = " ";
	const root: Open = { name: "", group: {}, text: "" };
	const open: Open[] = [root];
	const last = () => open.at(-1) ?? root;
	const hear = (heard: string) => {
		last().text += heard;
	};
	parser.on("doctype", () => {
		throw new Error("a document type is not expected");
	});
	parser.on("text", hear);
	parser.on("cdata", hear);
	parser.on("opentag", ({ name, attributes }) => {
		if (open.length === 1 && name.toLowerCase() === "html") throw new Error("a page of HTML");
		if (open.length > 50) throw new Error("elements stand too deep");
		const group: XmlGroup = {};
		for (const [key, value] of Object.entries(attributes)) group[`@${key}`] = String(value);
		open.push({ name, group, text: "" });
	});
	parser.on("closetag", () => {
		const closed = open.pop();
		if (closed) put(last().group, closed);
	});
	parser.write(mended(text)).close();
	return root.group;
}

function put(into: XmlGroup, { name, group, text }: Open): void {
	// The one name that would not become a property.
	if (name === "__proto__") return;
	const names = Object.keys(group);
	const isText = names.length === 0 || (text.trim() !== "" && names.every((key) => key.startsWith("@")));
	const value = isText ? text : group;
	const before = Object.hasOwn(into, name) ? into[name] : undefined;
	if (before === undefined) into[name] = value;
	else if (Array.isArray(before)) before.push(value);
	else into[name] = [before, value];
}

/** Old carts write control characters, and a bare & outside CDATA: without this a whole page would be lost for one. */
function mended(text: string): string {
	return text
		.replace(/^\uFEFF/, "")
		.trimStart()
		.replace(notXml, "")
		.split(/(<!\[CDATA\[[\s\S]*?\]\]>)/)
		.map((part, n) =>
			n % 2 === 1 ? part : part.replace(/&(?!(#\d+|#x[\da-fA-F]+|amp|lt|gt|quot|apos|nbsp);)/g, "&amp;"),
		)
		.join("");
}
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML does not allow
const notXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|&#(0|x0);/g;

/** One element with all it holds. Texts stand in CDATA, so that nothing in them is markup. */
export function writeXml(name: string, value: unknown): string {
	if (Array.isArray(value)) return value.map((one) => writeXml(name, one)).join("");
	if (typeof value !== "object" || value === null) return `<${name}>${cdata(value)}</${name}>`;
	const entries = Object.entries(value);
	const attributes = entries.filter(([key]) => key.startsWith("@"));
	const children = entries.filter(([key]) => !key.startsWith("@"));
	const start = attributes.map(([key, said]) => ` ${key.slice(1)}="${String(said).replace(/[<&"]/g, "")}"`).join("");
	return `<${name}${start}>${children.map(([key, child]) => writeXml(key, child)).join("")}</${name}>`;
}

function cdata(value: unknown): string {
	const text = value === null || value === undefined ? "" : String(value);
	return /[<>&]/.test(text) ? `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>` : text;
}

/** Answers in XML. Errors often come as JSON from whatever stands in front of the system, so that is read too. */
export const xmlFormat: BodyFormat = {
	name: "XML",
	accept: "application/xml, text/xml, */*;q=0.5",
	parse: (text) => (/^\s*[[{]/.test(text) ? JSON.parse(text) : parseXml(text)),
};
