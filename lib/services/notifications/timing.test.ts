import { describe, expect, it } from "vitest";
import { afterQuiet, defaultSetting, type Happening, nextDigest, type Recipient, tell } from "./timing";

const at = (text: string) => new Date(`2026-03-10T${text}:00Z`);
const night = { from: 22 * 60, to: 6 * 60 };
const owner = defaultSetting("owner");

describe("quiet hours", () => {
	it.each([
		["in the evening, wait for the morning", "21:30", night, "2026-03-11T05:00:00.000Z"],
		["after midnight, wait for the same morning", "00:30", night, "2026-03-10T05:00:00.000Z"],
		["begin to the minute", "21:00", night, "2026-03-11T05:00:00.000Z"],
		["end to the minute", "05:00", night, "2026-03-10T05:00:00.000Z"],
		["leave the day alone", "12:00", night, "2026-03-10T12:00:00.000Z"],
		["may lie within one day", "11:30", { from: 12 * 60, to: 14 * 60 }, "2026-03-10T13:00:00.000Z"],
		["of no length are none", "12:00", { from: 60, to: 60 }, "2026-03-10T12:00:00.000Z"],
		["that are not set are none", "03:00", null, "2026-03-10T03:00:00.000Z"],
	])("%s", (_, now, quiet, expected) => {
		expect(afterQuiet(at(now), quiet, "Europe/Berlin").toISOString()).toBe(expected);
	});
});

describe("the next digest", () => {
	it("goes out at the hour the person's own clock shows", () => {
		expect(nextDigest(at("12:00"), owner, "America/New_York")?.toISOString()).toBe("2026-03-11T12:00:00.000Z");
		expect(nextDigest(at("11:59"), owner, "America/New_York")?.toISOString()).toBe("2026-03-10T12:00:00.000Z");
	});
	it("goes out with the full hour, but not in quiet hours", () => {
		const hourly = { ...owner, digest: "hourly" as const, quiet: night };
		expect(nextDigest(at("12:20"), hourly, "UTC")?.toISOString()).toBe("2026-03-10T13:00:00.000Z");
		expect(nextDigest(at("22:20"), hourly, "UTC")?.toISOString()).toBe("2026-03-11T06:00:00.000Z");
	});
	it("never goes to somebody who wants none", () => {
		expect(nextDigest(at("12:00"), { ...owner, digest: "off" }, "UTC")).toBeNull();
	});
});

describe("who is told of what", () => {
	const opened: Happening = {
		kind: "opened",
		code: "needs-reconnect",
		merchantId: "mer_1",
		subjectId: null,
		over: false,
	};
	const who: Recipient = {
		userId: "usr_1",
		merchantId: null,
		chosenMerchantIds: null,
		timeZone: "UTC",
		setting: owner,
		told: false,
	};
	const now = at("12:00");
	const once = { digest: false, dueAt: now };
	const told = (happening: Partial<Happening>, person: Partial<Recipient> = {}) => {
		const plan = tell({ ...opened, ...happening }, { ...who, ...person }, now);
		return plan && (plan.digest ? "digest" : "at once");
	};

	it("at once of what needs a person, in the digest of the rest", () => {
		expect(tell(opened, who, now)).toEqual(once);
		expect(told({ code: "late" })).toBe("digest");
	});
	it("of what is resolved only when they were told of it", () => {
		expect(told({ kind: "resolved", over: true })).toBeNull();
		expect(told({ kind: "resolved", over: true }, { told: true })).toBe("digest");
	});
	it("of nothing that was over before they could be told", () => {
		expect(told({ over: true })).toBeNull();
	});
	it("of an assignment only if it is theirs", () => {
		expect(told({ kind: "assigned", subjectId: "usr_1", code: "late" })).toBe("at once");
		expect(told({ kind: "assigned", subjectId: "usr_2" })).toBeNull();
	});
	it("of their own merchant only, and never of one they muted", () => {
		expect(told({}, { merchantId: "mer_2" })).toBeNull();
		expect(told({ merchantId: null }, { merchantId: "mer_1" })).toBeNull();
		expect(told({}, { merchantId: "mer_1" })).toBe("at once");
		expect(told({}, { chosenMerchantIds: ["mer_2"] })).toBeNull();
		expect(told({}, { chosenMerchantIds: ["mer_1", "mer_2"] })).toBe("at once");
		expect(told({}, { setting: { ...owner, mutedMerchantIds: ["mer_1"] } })).toBeNull();
	});
	it("by default as their role asks", () => {
		expect(told({}, { setting: defaultSetting("operator") })).toBe("digest");
		expect(told({}, { setting: defaultSetting("viewer") })).toBeNull();
		expect(told({}, { setting: defaultSetting("no such role") })).toBeNull();
	});
});
