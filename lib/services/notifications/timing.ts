/** Who hears of what, and when: pure rules over a person's settings. */
import { isRole, type Role } from "@/lib/auth/roles";
import { needsPerson } from "@/lib/flow/run/alert-codes";
import { after, hourMs, nextDaily } from "@/lib/time";

export interface Quiet {
	/** Minutes after midnight. */
	from: number;
	to: number;
}
export interface Setting {
	atOnce: boolean;
	digest: "off" | "hourly" | "daily";
	digestAt: number;
	quiet: Quiet | null;
	mutedMerchantIds: string[];
}

/** Who runs the account hears of everything; who works in it, once a day; who only looks, nothing. */
export function defaultSetting(role: string): Setting {
	const known: Role = isRole(role) ? role : "viewer";
	const runs = known === "owner" || known === "admin";
	return {
		atOnce: runs,
		digest: known === "viewer" ? "off" : "daily",
		digestAt: 8 * 60,
		quiet: null,
		mutedMerchantIds: [],
	};
}

/** The moment itself, or the end of the quiet hours it falls into. */
export function afterQuiet(at: Date, quiet: Quiet | null, timeZone: string): Date {
	if (!quiet || quiet.from === quiet.to) return at;
	const end = nextDaily(at, quiet.to, timeZone);
	const start = nextDaily(at, quiet.from, timeZone);
	return end <= start ? end : at;
}

/** When the next digest goes out; null for somebody who wants none. */
export function nextDigest(now: Date, setting: Setting, timeZone: string): Date | null {
	if (setting.digest === "off") return null;
	const at =
		setting.digest === "daily"
			? nextDaily(now, setting.digestAt, timeZone)
			: new Date(Math.floor(after(now, hourMs).getTime() / hourMs) * hourMs);
	return afterQuiet(at, setting.quiet, timeZone);
}

export interface Happening {
	kind: "opened" | "woke" | "resolved" | "assigned";
	code: string;
	merchantId: string | null;
	subjectId: string | null;
	/** Resolved or snoozed since: no news any more. */
	over: boolean;
}
export interface Recipient {
	userId: string;
	/** The one merchant whose things they see; null for all. */
	merchantId: string | null;
	/** For staff of chosen merchants: which. */
	chosenMerchantIds: string[] | null;
	timeZone: string;
	setting: Setting;
	/** They were told of this alert before. */
	told: boolean;
}

/** Whether somebody is told of what happened: at once, in a digest, or not at all (null). */
export function tell(happening: Happening, who: Recipient, now: Date): { digest: boolean; dueAt: Date } | null {
	const { merchantId, kind } = happening;
	const { setting, timeZone } = who;
	if (who.merchantId && who.merchantId !== merchantId) return null;
	if (merchantId && who.chosenMerchantIds && !who.chosenMerchantIds.includes(merchantId)) return null;
	if (merchantId && setting.mutedMerchantIds.includes(merchantId)) return null;
	if (kind === "assigned" ? happening.subjectId !== who.userId : kind === "resolved" && !who.told) return null;
	if (kind !== "resolved" && happening.over) return null;
	const urgent = kind === "assigned" || (kind !== "resolved" && needsPerson(happening.code));
	if (urgent && setting.atOnce) return { digest: false, dueAt: afterQuiet(now, setting.quiet, timeZone) };
	const dueAt = nextDigest(now, setting, timeZone);
	return dueAt && { digest: true, dueAt };
}
