import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "@/lib/ports";
import { claimDataFolder, type DataFolder } from "./data-folder";

let root: string;
let held: DataFolder[];
const claim = async () => {
	const folder = await claimDataFolder(root);
	held.push(folder);
	return folder;
};

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), "crossdock-folders-"));
	held = [];
});
afterEach(() => {
	for (const folder of held) folder.release();
	rmSync(root, { recursive: true, force: true });
});

describe("the data folder", () => {
	it("is another one for each copy that runs", async () => {
		const names = [await claim(), await claim(), await claim()].map((folder) => [folder.name, folder.second]);
		expect(names).toEqual([
			[".data", false],
			[".data-2", true],
			[".data-3", true],
		]);
	});

	it("is the usual one again when its copy has ended", async () => {
		(await claim()).release();
		expect((await claim()).name).toBe(".data");
		expect(existsSync(path.join(root, ".data-2"))).toBe(false);
	});

	it.each(["nobody", "somebody else"])(
		"is taken over from a copy that was killed, when %s listens on its port",
		async (who) => {
			const first = await claim();
			const stranger = await claimDataFolder(path.join(root, first.name));
			const { port } = JSON.parse(readFileSync(path.join(stranger.path, "running.json"), "utf8"));
			const note = { port: who === "nobody" ? await freePort() : port, word: "of a copy that is gone" };
			first.release();
			writeFileSync(path.join(root, ".data/running.json"), JSON.stringify(note));
			expect((await claim()).name).toBe(".data");
			stranger.release();
		},
	);

	it("survives a note that is no note", async () => {
		(await claim()).release();
		writeFileSync(path.join(root, ".data/running.json"), "{");
		expect((await claim()).name).toBe(".data");
	});
});
