/** How lists are read by change time: what shipments and receipts share. */
import { z } from "zod";
import { isTurning, toLocal } from "../kit/zone";

/** `page` serves only seconds that fill a whole page. */
export const timeCursor = z.strictObject({ since: z.iso.datetime(), page: z.int().positive() });
export type TimeCursor = z.output<typeof timeCursor>;

/** By time as soon as time moves on, so that nothing that changes meanwhile can push a record past us. */
export function onwards(at: TimeCursor, newestMs: number): TimeCursor {
	const since = laterOf(at.since, newestMs);
	return since > at.since ? { since, page: 1 } : { since, page: at.page + 1 };
}

export function laterOf(since: string, ms: number): string {
	const other = new Date(ms).toISOString();
	return other > since ? other : since;
}

/** Where the zone's clock is turned back, later changes may carry earlier times: an hour more is read. */
export function lowerBound(since: string, zone: string): string {
	const at = new Date(since);
	return toLocal(isTurning(at, zone) ? new Date(at.getTime() - 3_600_000) : at, zone);
}
