/** A check that has never failed is no check: each promise is broken here on purpose, and must be missed. */
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { extensiv3pl } from "../extensiv-3pl";
import { harness as warehouse } from "../extensiv-3pl/harness";
import { requestToken } from "../extensiv-3pl/token";
import { template } from "../template";
import { harness as shop } from "../template/harness";
import { casesOf, runCase } from "./conform";
import type { AnyConnector, Harness } from "./conform/harness";
import { ConnectorError } from "./fault";
import type { Connector, Fields, Read } from "./types";

const erased = <S extends Fields>(connector: Connector<S>) => connector as unknown as AnyConnector;
const cart = erased(template);
const wms = erased(extensiv3pl);
const part = <T>(value: T | undefined): T => {
	if (value === undefined) throw new Error("the capability is missing");
	return value;
};
const source = part(cart.source);
const [orders, confirm, inventory] = [part(source.orders), part(source.confirm), part(source.inventory)];

/** Orders as they are read, with something done to each page. */
function readingWith(
	change: (records: Read<unknown>[]) => Read<unknown>[],
	more: Partial<typeof orders> = {},
): AnyConnector {
	const read: typeof orders.read = async function* (context, from) {
		for await (const page of orders.read(context, from)) yield { ...page, records: change(page.records) as never };
	};
	return { ...cart, source: { ...source, orders: { ...orders, read, ...more } } };
}
const withSource = (more: object): AnyConnector => ({ ...cart, source: { ...source, ...more } });
const refused = new ConnectorError({ kind: "permanent", code: "x" }, "no <b>way</b>");

const hooks: NonNullable<AnyConnector["hooks"]> = {
	verify: async (_context, request) => request.headers.get("signature") === "right",
	event: (body) => {
		const read = z.object({ order: z.string(), at: z.number() }).safeParse(body);
		return read.success ? { id: `${read.data.order}-${read.data.at}`, at: new Date(read.data.at) } : null;
	},
	hints: (body) => {
		const event = z.object({ order: z.string() }).safeParse(body);
		return event.success ? [{ reads: "orders", sourceId: event.data.order }] : [];
	},
};
const shopWithHooks: Harness = {
	...shop,
	async start(clock) {
		const call = (signature: string) => () =>
			new Request("http://hooks.example", { method: "POST", headers: { signature } });
		return {
			...(await shop.start(clock)),
			hooks: {
				good: call("right"),
				forged: call("wrong"),
				events: () => [
					{ order: "1", at: 1 },
					{ order: "1", at: 2 },
				],
			},
		};
	},
};

const broken: [string, AnyConnector, Harness][] = [
	["C1", { ...cart, key: "Example_Cart" }, shop],
	["C2", { ...cart, check: async () => ({ ok: true as const, as: "anybody" }) }, shop],
	["C3", readingWith((records) => records.slice(1)), shop],
	["C4", readingWith((records) => records.slice(0, -1)), shop],
	["C5", readingWith((records) => records, { cursor: z.unknown() }), shop],
	[
		"C6",
		readingWith((records) => records, { read: (context, { from: _, ...rest }) => orders.read(context, rest) }),
		shop,
	],
	["C7", readingWith((records) => records.filter((record) => record.ok)), shop],
	["C8", readingWith((records) => records, { get: () => Promise.reject(refused) }), shop],
	[
		"C9",
		withSource({
			confirm: {
				...confirm,
				create: (...all: Parameters<typeof confirm.create>) =>
					confirm.create(...all).then((made) => ({ ...made, existed: false })),
			},
		}),
		shop,
	],
	["C10", withSource({ confirm: { ...confirm, find: async () => null } }), shop],
	["C11", withSource({ locations: { list: () => Promise.resolve([]) } }), shop],
	[
		"C12",
		{
			...wms,
			authorize: async (context) => ({
				Authorization: `Bearer ${(await requestToken(context as never, { user_login: "77" })).value}`,
			}),
		},
		warehouse,
	],
	[
		"C13",
		readingWith((records) => records, {
			async *read() {
				await new Promise((resolve) => setTimeout(resolve, 60_000).unref());
			},
		}),
		shop,
	],
	[
		"C14",
		{
			...cart,
			check: async (context) => {
				await fetch(String(context.settings.shopUrl));
				return cart.check(context);
			},
		},
		shop,
	],
	[
		"C15",
		{
			...cart,
			check: (context) => {
				context.log.info("checking", { with: context.settings.apiKey });
				return cart.check(context);
			},
		},
		shop,
	],
	[
		"C16",
		withSource({
			inventory: {
				...inventory,
				set: async (...all: Parameters<typeof inventory.set>) => (await inventory.set(...all)).slice(1),
			},
		}),
		shop,
	],
	["C17", cuttingNumbers(wms), warehouse],
	["C18", { ...cart, hooks: { ...hooks, verify: async () => true } }, shopWithHooks],
	["C18", { ...cart, hooks: { ...hooks, event: () => ({ id: "1", at: new Date(0) }) } }, shopWithHooks],
	[
		"C18",
		{ ...cart, hooks: { ...hooks, hints: (body) => [{ reads: "orders", sourceId: String(body) }] } },
		shopWithHooks,
	],
	["C19", withSource({ locations: { list: () => Promise.reject(refused) } }), shop],
	[
		"C20",
		readingWith((records) =>
			records.map((record) =>
				record.ok ? { ...record, value: { ...(record.value as object), placedAt: "yesterday" } } : record,
			),
		),
		shop,
	],
];

function cuttingNumbers(connector: AnyConnector): AnyConnector {
	const { destination } = connector;
	const creator = part(destination?.orders);
	const create: typeof creator.create = (context, write) =>
		creator.create(context, { ...write, key: write.key.slice(0, 20) });
	return { ...connector, destination: { ...destination, orders: { ...creator, create } } };
}

describe("the conformance suite", () => {
	it.each(broken)("notices when %s is broken", async (number, connector, harness) => {
		const cases = casesOf(connector, harness).filter(({ name }) => name.startsWith(`${number} `));
		expect(cases.length).toBeGreaterThan(0);
		const wait = new Promise<string>((resolve) => setTimeout(() => resolve("hung"), 1500).unref());
		const results = [];
		for (const one of cases) {
			const run = runCase(connector, harness, one).then(
				() => "passed",
				(error: Error) => (error.message.includes("the harness says nothing") ? "not tried" : "failed"),
			);
			results.push(await (number === "C13" ? Promise.race([run, wait]) : run));
		}
		expect(results).not.toContain("not tried");
		expect(results.some((result) => result !== "passed")).toBe(true);
	});

	it("is content with hooks that keep their promise", async () => {
		const connector = { ...cart, hooks };
		const [one] = casesOf(connector, shopWithHooks).filter(({ name }) => name.startsWith("C18"));
		await runCase(connector, shopWithHooks, part(one));
	});

	it("registers nothing for what a connector cannot do, and fails by name for what the harness does not know", async () => {
		const names = casesOf(cart, shop).map(({ name }) => name);
		expect(names.filter((name) => /destination|C12|C17|C18/.test(name))).toEqual([]);
		const half = withSource({ products: orders });
		const [unknown] = casesOf(half, shop).filter(({ name }) => name.startsWith("C3 source.products"));
		await expect(runCase(half, shop, part(unknown))).rejects.toThrow("the harness says nothing about source.products");
	});
});
