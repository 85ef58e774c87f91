import { afterEach, beforeEach, expect, it } from "vitest";
import { conform } from "../kit/conform";
import { createContext } from "../kit/context";
import { memoryRecorder } from "../kit/record";
import { memoryTokenStore } from "../kit/token";
import { harness } from "./harness";
import { template } from "./index";
import { type Sandbox, startSandbox } from "./sandbox";

conform(template, harness);

let shop: Sandbox;
beforeEach(async () => {
	shop = await startSandbox();
});
afterEach(() => shop.close());

let keys = 0;
const recorder = memoryRecorder();
const open = (more: Record<string, unknown> = {}) =>
	createContext({
		connector: template,
		settings: { ...shop.settings, ...more },
		key: `template-${++keys}`,
		recorder,
		tokens: memoryTokenStore(),
		signal: new AbortController().signal,
		log: { info: () => {}, warn: () => {} },
		timeouts: { retryMs: 1 },
	});

it("Shop address: where nothing answers it is named", async () => {
	expect(await template.check(open({ shopUrl: "http://127.0.0.1:1" }))).toMatchObject({ ok: false, field: "shopUrl" });
});

it("API key: a wrong one is named", async () => {
	expect(await template.check(open({ apiKey: "another-key" }))).toMatchObject({ ok: false, field: "apiKey" });
});

it("Which orders to load: paid ones by default", async () => {
	const asked = async (more: Record<string, unknown> = {}) => {
		for await (const _ of template.source?.orders?.read(open(more), { cursor: null }) ?? []);
		return new URL(recorder.exchanges.at(-1)?.url ?? "").searchParams.get("status");
	};
	expect(await asked()).toBe("paid");
	expect(await asked({ statuses: ["paid", "authorized"] })).toBe("paid,authorized");
});
