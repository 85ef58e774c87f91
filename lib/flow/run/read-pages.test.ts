import { describe, expect, it } from "vitest";
import { readAhead } from "./read-pages";

const tick = () => new Promise((resolve) => setTimeout(resolve, 1));

describe("reading ahead", () => {
	it("asks for a page while the one before it is in hand, and for no more", async () => {
		const said: string[] = [];
		const pages = async function* () {
			for (const page of [1, 2, 3]) {
				said.push(`ask ${page}`);
				await tick();
				yield page;
			}
		};
		for await (const page of readAhead(pages())) {
			await tick();
			said.push(`have ${page}`);
		}
		expect(said).toEqual(["ask 1", "ask 2", "have 1", "ask 3", "have 2", "have 3"]);
	});

	it("fails only after the page before was in hand", async () => {
		const pages = async function* () {
			yield 1;
			throw new Error("the second page failed");
		};
		const had: number[] = [];
		const reading = async () => {
			for await (const page of readAhead(pages())) {
				await tick();
				had.push(page);
			}
		};
		await expect(reading()).rejects.toThrow("the second page failed");
		expect(had).toEqual([1]);
	});

	it("waits for the page on its way when nobody wants it any more", async () => {
		let closed = false;
		const pages = async function* () {
			try {
				yield 1;
				await tick();
				yield 2;
			} finally {
				closed = true;
			}
		};
		for await (const _ of readAhead(pages())) break;
		expect(closed).toBe(true);
	});
});
