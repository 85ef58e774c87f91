/** Lists, page by page, in whichever of the usual manners a system has. */
import { ConnectorError } from "../fault";
import type { AnswerHeaders, Context, Fields, RequestOptions } from "../types";
import { get } from "./calls";
import { pathText } from "./field-map";
import type { ListPlan, RestPlan } from "./plan";
import { isEmpty, valueAt } from "./run-map";

/** Where a list goes on: a page number, an offset, a cursor or a link as the kind of paging has it. Empty: its beginning. */
export type Place = string;

export interface ListPage {
	records: unknown[];
	/** Null after the last page. */
	next: Place | null;
}

type Query = NonNullable<RequestOptions<unknown>["query"]>;

/** One page. Throws a permanent fault that names the setting when the list is not where it should be. */
export async function readPage(
	context: Context<Fields>,
	plan: RestPlan,
	list: ListPlan,
	from: { place: Place; query: Query },
): Promise<ListPage> {
	const { paging } = plan;
	const isLink = paging.kind === "link" && from.place !== "";
	const path = isLink ? sameHost(plan, from.place) : list.path;
	const answer = await get(context, plan, path, isLink ? {} : { ...from.query, ...pageQuery(plan, from.place) });
	const records = listIn(list, answer.data, answer.exchangeId);
	const next = records.length === 0 ? null : nextPlace(plan, from.place, { ...answer, length: records.length });
	return { records, next };
}

function pageQuery({ paging }: RestPlan, place: Place): Query {
	const size = paging.kind !== "none" && paging.sizeName ? { [paging.sizeName]: paging.size } : {};
	if (paging.kind === "page") return { ...size, [paging.name]: place || paging.first };
	if (paging.kind === "offset") return { ...size, [paging.name]: place || 0 };
	if (paging.kind === "cursor" && place !== "") return { ...size, [paging.name]: place };
	return size;
}

interface Answered {
	data: unknown;
	headers: AnswerHeaders;
	length: number;
}

/**
 * Page numbers and offsets go on until a page is empty: a system may hold fewer on a page than it was asked for, so a
 * short page is no end.
 */
function nextPlace({ paging }: RestPlan, place: Place, answer: Answered): Place | null {
	if (paging.kind === "page") return String(Number(place || paging.first) + 1);
	if (paging.kind === "offset") return String(Number(place || 0) + answer.length);
	if (paging.kind === "none") return null;
	const inHeader = paging.kind === "link" ? nextLink(answer.headers.get("link")) : null;
	const said = inHeader ?? (paging.nextAt.length > 0 ? valueAt(answer.data, paging.nextAt) : null);
	return isEmpty(said) || (typeof said !== "string" && typeof said !== "number") ? null : String(said);
}

/** The address of `rel="next"` in a Link header (RFC 8288). */
export function nextLink(header: string | null): string | null {
	for (const part of (header ?? "").split(/,(?=\s*<)/)) {
		const [, address, rest = ""] = /^\s*<([^>]*)>(.*)$/s.exec(part) ?? [];
		if (address && /;\s*rel="?([^"]*\s)?next(\s[^"]*)?"?/i.test(rest)) return address;
	}
	return null;
}

/** A link leads on at the same system, or nowhere: our access details go with it. */
function sameHost({ baseUrl }: RestPlan, link: string): string {
	const base = new URL(baseUrl);
	const url = URL.canParse(link, baseUrl) ? new URL(link, baseUrl) : null;
	if (url?.origin === base.origin) return url.href;
	const message = "The link to the next page leads to another system. Choose another way of paging in the settings.";
	throw new ConnectorError({ kind: "permanent", code: "foreign-link" }, message);
}

function listIn(list: ListPlan, data: unknown, exchangeId: string): unknown[] {
	const found = valueAt(data, list.at);
	if (Array.isArray(found)) return found;
	// Some say nothing, or null, where the list would be empty.
	if (isEmpty(found) && list.at.length > 0 && typeof data === "object" && data !== null) return [];
	const where = list.at.length > 0 ? `at "${pathText(list.at).slice(0, 40)}"` : "in the answer itself";
	const message = `There is no list ${where}. Correct "where the list stands" in the settings.`;
	throw new ConnectorError({ kind: "permanent", code: "no-list", field: pathText(list.at) }, message, { exchangeId });
}

/** Refuses to go round in a circle: a place that comes again, or the same page twice. */
export function circleGuard(): (page: ListPage) => void {
	const places = new Set<Place>();
	let last = "";
	return ({ records, next }) => {
		const text = records.length > 0 ? JSON.stringify(records) : "";
		const isCircle = (text !== "" && text === last) || (next !== null && places.has(next));
		if (next !== null) places.add(next);
		last = text;
		if (!isCircle) return;
		const message = "The same page came twice. Correct the way of paging in the settings.";
		throw new ConnectorError({ kind: "permanent", code: "same-page" }, message);
	};
}
