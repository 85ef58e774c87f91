import { describe, expect, test } from "vitest";
import { deviceOf, networkOf } from "./device";

describe("a device in words", () => {
	test.each([
		["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"],
		[
			"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
			"Safari on macOS",
		],
		[
			"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36 Edg/143.0.0.0",
			"Edge on Windows",
		],
		[
			"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/143.0 Mobile/15E148 Safari/604.1",
			"Chrome on iPhone",
		],
		[
			"Mozilla/5.0 (Linux; Android 16; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
			"Samsung Internet on Android",
		],
		[
			"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36",
			"Chrome on Linux",
		],
		["curl/8.5.0", "Unknown device"],
		[null, "Unknown device"],
	])("%s is %s", (userAgent, words) => {
		expect(deviceOf(userAgent)).toBe(words);
	});
});

describe("a network without its last part", () => {
	test.each([
		["203.0.113.77", "203.0.113.x"],
		["10.0.0.1, 203.0.113.77", "203.0.113.x"],
		["::ffff:198.51.100.4", "198.51.100.x"],
		["2001:db8:1:2:3:4:5:6", "2001:db8:1::x"],
		["2001:0db8::7", "2001:db8:0::x"],
		["[2001:db8:1::7]", "2001:db8:1::x"],
		["::1", "this machine"],
		["=cmd()", ""],
		["", ""],
	])("%s shows as %j", (forwarded, shown) => {
		expect(networkOf(new Headers({ "x-forwarded-for": forwarded }))).toBe(shown);
	});
});
