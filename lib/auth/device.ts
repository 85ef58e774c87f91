/** What a session shows of where it is used: enough for its owner to recognise it, and no more. */
import { isIPv4, isIPv6 } from "node:net";

/** First match wins: Edge and Opera also call themselves Chrome, and Chrome calls itself Safari. */
const browsers: [RegExp, string][] = [
	[/\bEdg(e|A|iOS)?\//, "Edge"],
	[/\bOPR\/|\bOpera\b/, "Opera"],
	[/\bFirefox\/|\bFxiOS\//, "Firefox"],
	[/\bSamsungBrowser\//, "Samsung Internet"],
	[/\bChrome\/|\bCriOS\/|\bHeadlessChrome\//, "Chrome"],
	[/\bSafari\//, "Safari"],
];
const systems: [RegExp, string][] = [
	[/\biPhone\b/, "iPhone"],
	[/\biPad\b/, "iPad"],
	[/\bAndroid\b/, "Android"],
	[/\bWindows\b/, "Windows"],
	[/\bMac OS X\b|\bMacintosh\b/, "macOS"],
	[/\bCrOS\b/, "ChromeOS"],
	[/\bLinux\b/, "Linux"],
];

/** A browser and its system in words, such as "Firefox on Windows". */
export function deviceOf(userAgent: string | null): string {
	const wordOf = (known: [RegExp, string][]) => known.find(([pattern]) => pattern.test(userAgent ?? ""))?.[1];
	const [browser, system] = [wordOf(browsers), wordOf(systems)];
	if (browser && system) return `${browser} on ${system}`;
	return browser ?? system ?? "Unknown device";
}

/**
 * The network a request came from without the part that tells one machine from its neighbours: "203.0.113.x",
 * "2001:db8:1::x". The address is the one that the nearest proxy saw; what the client claims stands before it.
 */
export function networkOf(headers: Headers): string {
	const address =
		headers
			.get("x-forwarded-for")
			?.split(",")
			.at(-1)
			?.trim()
			.replace(/^\[|\]$/g, "") ?? "";
	const plain = address.replace(/^::ffff:(?=\d+\.)/i, "");
	if (isIPv4(plain)) return plain.replace(/\d+$/, "x");
	if (!isIPv6(plain)) return "";
	if (plain === "::1") return "this machine";
	return `${groupsOf(plain).slice(0, 3).join(":")}::x`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function groupsOf(address: string): string[] {
	const [head = "", tail = ""] = address.split("::");
	const parts = (text: string) => text.split(":").filter(Boolean);
	const missing = 8 - parts(head).length - parts(tail).length;
	const middle = address.includes("::") ? Array.from({ length: Math.max(missing, 0) }, () => "0") : [];
	return [...parts(head), ...middle, ...parts(tail)].map((group) => group.replace(/^0+(?=.)/, "").toLowerCase());
}
