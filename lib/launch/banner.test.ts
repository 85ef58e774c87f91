import { describe, expect, it } from "vitest";
import { banner } from "./banner";
import { progress } from "./progress";

const facts = {
	address: "http://127.0.0.1:3000",
	signInLink: "http://127.0.0.1:3000/sign-in/confirm?token=x",
	inbox: "http://127.0.0.1:1080",
	otherFolder: undefined,
	demo: true,
	bold: false,
};

describe("the banner", () => {
	it("tells address, sign-in link, inbox and the way without the demo, plainly", () => {
		const text = banner(facts);
		for (const word of [facts.address, facts.signInLink, facts.inbox, "npm start -- --no-demo", "Ctrl-C"])
			expect(text).toContain(word);
		expect(text).not.toContain("\x1b");
	});

	it("names the app's address before any other, because tools look for the first", () => {
		expect(banner(facts).match(/https?:\S+/)?.[0]).toBe(facts.address);
		expect(banner({ ...facts, bold: true })).toContain(`\x1b[1m${facts.address}\x1b[0m`);
	});

	it("says how to sign in without the demo, and where the data of a second copy is", () => {
		const text = banner({ ...facts, signInLink: undefined, demo: false, otherFolder: ".data-2" });
		expect(text).toContain("with your mail address");
		expect(text).toContain(".data-2");
		expect(text).not.toContain("--no-demo");
	});
});

describe("a line of progress", () => {
	it("begins with the seconds since the start", () => {
		let said = "";
		progress(
			(text) => {
				said += text;
			},
			() => 12_345,
		)("Database started");
		expect(said).toBe("  12.3 s  Database started\n");
	});
});
