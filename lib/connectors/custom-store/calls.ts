/** The two calls of the protocol: orders changed in a stretch of time, and a shipment told. */
import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Context, ErrorAnswer } from "../kit/types";
import { xmlFormat } from "../kit/xml";
import { toLocal } from "../kit/zone";
import type { StoreSettings } from "./settings";

export type StoreContext = Context<StoreSettings>;

/** `pages` is null where the store does not say how many there are. */
export interface StorePage {
	rows: unknown[];
	pages: number | null;
}
/** Whole minutes: the protocol knows nothing finer. */
export interface Stretch {
	fromMs: number;
	toMs: number;
}

const single = (value: unknown) => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** `<Orders pages="3"><Order>…`; with no orders, and no `pages`, it is a text. */
const exported = z
	.object({ Orders: z.union([z.string(), z.looseObject({ "@pages": z.unknown(), Order: z.unknown() }).partial()]) })
	.transform(({ Orders: orders }): StorePage => {
		if (typeof orders === "string") return { rows: [], pages: null };
		const pages = /^\s*\d{1,6}\s*$/.test(String(orders["@pages"] ?? "")) ? Number(orders["@pages"]) : null;
		return { rows: single(orders.Order), pages };
	});

export async function exportPage(context: StoreContext, { fromMs, toMs }: Stretch, page: number): Promise<StorePage> {
	const { endpoint, timeZone, firstPage } = context.settings;
	const { data } = await context.http.get(endpoint, {
		schema: exported,
		format: xmlFormat,
		query: {
			action: "export",
			start_date: stamp(new Date(fromMs), timeZone),
			end_date: stamp(new Date(toMs), timeZone),
			page: Number(firstPage) + page,
		},
		fault: (answer) => refusal(answer, false),
	});
	return data;
}

/** MM/dd/yyyy HH:mm. */
export function stamp(at: Date, zone: string): string {
	const local = toLocal(at, zone);
	return `${dayOf(local)} ${local.slice(11, 16)}`;
}
const dayOf = (local: string) => `${local.slice(5, 7)}/${local.slice(8, 10)}/${local.slice(0, 4)}`;
export const dayStamp = (at: Date, zone: string) => dayOf(toLocal(at, zone));

/** What a store answers to a shipment is not documented but for its status, 200: any text is good that is no error. */
const anyText = {
	...xmlFormat,
	parse: (text: string) => (/^\s*[<[{]/.test(text) ? xmlFormat.parse(text) : text),
};

export async function tell(context: StoreContext, query: Record<string, string>, body: string): Promise<string> {
	const { exchangeId } = await context.http.send("POST", context.settings.endpoint, body, {
		schema: z.unknown(),
		format: anyText,
		headers: { "content-type": "application/xml; charset=utf-8" },
		query: { action: "shipnotify", ...query },
		fault: (answer) => refusal(answer, true),
	});
	return exchangeId;
}

/** The store's own words of an error, which many send with status 200; and no answer at all where one must come. */
function refusal({ status, body, exchangeId }: ErrorAnswer, isWrite: boolean): ConnectorError | undefined {
	if (status >= 500 || [401, 403, 408, 429].includes(status)) return undefined;
	if (status < 400 && body === null && !isWrite) {
		const message = "The store sent an empty answer. Look at its error log; we try again.";
		return new ConnectorError({ kind: "transient", sent: false }, message, { exchangeId });
	}
	const said = errorIn(body, status >= 400);
	if (said === null) return undefined;
	const message = `The store refused it${said === "" ? "" : `: ${short(said)}`}. Correct it and try again.`;
	const code = status >= 400 ? `http-${status}` : "refused";
	return new ConnectorError({ kind: "permanent", code }, message, { exchangeId });
}

/** Null where nothing speaks of an error. */
function errorIn(body: unknown, isError: boolean): string | null {
	if (typeof body === "string")
		return isError || /\b(error|fail|invalid|not found|unknown|denied)/i.test(body) ? body : null;
	if (typeof body !== "object" || body === null) return isError ? "" : null;
	const [name = "", held] = Object.entries(body)[0] ?? [];
	if (!isError && !/error|fault|exception/i.test(name)) return null;
	return firstText(held);
}

function firstText(value: unknown, depth = 0): string {
	if (typeof value === "string") return value;
	if (typeof value !== "object" || value === null || depth > 5) return "";
	return (
		Object.values(value)
			.map((one) => firstText(one, depth + 1))
			.find((text) => text.trim() !== "") ?? ""
	);
}
