import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");
const left = new Set(["node_modules", "generated"]);
/** Builds and data; settings of tools are ours. */
const isHidden = (folder: string) => folder.startsWith(".") && folder !== ".config";

interface Source {
	/** From the repository's root. */
	file: string;
	text: string;
	imports: { from: string; typeOnly: boolean }[];
}
const sources = readSources();
const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.startsWith("lib/testing/");
const product = sources.filter(({ file }) => !isTest(file));

function readSources(folder = ""): Source[] {
	return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
		const file = path.posix.join(folder, entry.name);
		if (entry.isDirectory()) return left.has(entry.name) || isHidden(entry.name) ? [] : readSources(file);
		if (!/\.(ts|tsx|mjs|js|css)$/.test(entry.name) || entry.name === "next-env.d.ts") return [];
		const text = readFileSync(path.join(root, file), "utf8");
		return [{ file, text, imports: importsOf(file, text) }];
	});
}

/** What a file imports: a path from the root for our own files, the package's name for others. */
function importsOf(file: string, text: string): Source["imports"] {
	const statements = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm);
	const dynamic = text.matchAll(/\bimport\("([^"]+)"\)/g);
	return [
		...[...statements].map(([, type, from = ""]) => ({ from: resolved(file, from), typeOnly: type !== undefined })),
		...[...dynamic].map(([, from = ""]) => ({ from: resolved(file, from), typeOnly: false })),
	];
}

function resolved(file: string, from: string): string {
	if (from.startsWith("@/")) return from.slice(2);
	return from.startsWith(".") ? path.posix.join(path.posix.dirname(file), from) : from;
}

/** The first rule whose folder holds the file: what it may import of ours, by the beginning of the path. */
const helpers = ["lib/env", "lib/log", "lib/trace", "lib/mail", "lib/time", "lib/ports", "lib/errors"];
const directions: [string, string[]][] = [
	["lib/canonical", ["lib/canonical"]],
	["lib/connectors/kit", ["lib/canonical", "lib/connectors/kit", "lib/connectors/index"]],
	["lib/connectors", ["lib/canonical", "lib/connectors"]],
	["lib/errors", ["lib/errors"]],
	["lib/db", ["lib/db", ...helpers]],
	["lib/jobs", ["lib/jobs", "lib/db", "lib/canonical"]],
	["lib/flow", ["lib/flow", "lib/canonical", "lib/connectors", "lib/db", "lib/jobs", ...helpers]],
	// The contract lends verbs the types of their answers; roles are asked beside the tenant.
	[
		"lib/services",
		[
			...["lib/services", "lib/flow", "lib/canonical", "lib/connectors", "lib/db", "lib/jobs"],
			...["lib/api/contract", "lib/auth/roles", "lib/auth/asker", "lib/auth/memberships", ...helpers],
			// Names of people, and what a mail's token is: the rest of sign-in is not theirs.
			...["lib/auth/directory", "lib/auth/invitations"],
			// How a key or a link is made, and what of it is kept.
			...["lib/auth/authorization", "lib/auth/session-cookie"],
			// A link between two accounts stands between two tenants.
			"lib/auth/account-links",
		],
	],
	["lib/auth", ["lib/auth", "lib/db", "lib/api/serve/request-rules", "lib/api/serve/problems", ...helpers]],
	[
		"lib/api/contract",
		["lib/api/contract", "lib/canonical", "lib/jobs/catalogue", "lib/db/ids", "lib/db/scope", "lib/time"],
	],
	["lib/api/client", ["lib/api/contract"]],
	["lib/api", ["lib/api", "lib/auth", "lib/services", "lib/canonical", "lib/db", "lib/jobs", ...helpers]],
	["lib", ["lib"]],
	[
		"components",
		["components", "lib/api/client", "lib/api/contract", "lib/canonical", "lib/jobs/catalogue", "lib/time"],
	],
	["app", ["app", "components", "lib/api/serve", "lib/auth", "lib/services", "lib/db/ids"]],
	["workers", ["workers", "lib"]],
	["bench", ["bench", "lib", "workers/tasks/system"]],
	["e2e", ["e2e", "lib"]],
	["", []],
];

/** Each outside system's folder knows the kit and the words, and no other system. */
function allowedFor(file: string): string[] {
	const [system] = /^lib\/connectors\/(?!kit\/)[^/]+(?=\/)/.exec(file) ?? [];
	if (system) return ["lib/canonical", "lib/connectors/kit", system];
	return directions.find(([folder]) => isWithin(file, folder))?.[1] ?? [];
}

/** Of connectors: no package but these, so that one can be read, tried and moved by itself. */
const packages: [string, string[]][] = [
	["lib/canonical", ["zod"]],
	["lib/connectors/kit", ["zod", "hono", "@hono/node-server", "undici", "saxes"]],
	["lib/connectors/", ["zod", "hono"]],
];

describe("imports", () => {
	it("go in the directions that the design draws", () => {
		const wrong = product.flatMap(({ file, imports }) => {
			const allowed = allowedFor(file);
			return imports
				.filter(({ from, typeOnly }) => isOurs(from) && !(typeOnly && from === "lib/db/scope"))
				.filter(({ from }) => !allowed.some((folder) => isWithin(from, folder)))
				.map(({ from }) => `${file} → ${from}`);
		});
		expect(wrong).toEqual([]);
	});

	it("never lead into app or, but for measuring the clock, into workers", () => {
		const wrong = sources.flatMap(({ file, imports }) =>
			imports
				.filter(
					({ from }) =>
						(isWithin(from, "app") || isWithin(from, "workers")) && !isWithin(file, from.split("/")[0] ?? ""),
				)
				.map(({ from }) => `${file} → ${from}`),
		);
		expect(wrong.sort()).toEqual([
			"bench/scheduler.ts → workers/tasks/system/tick",
			"lib/auth/limits.db.test.ts → workers/tasks/system/prune",
		]);
	});

	it("of the words and of connectors are few packages", () => {
		const wrong = product.flatMap(({ file, imports }) => {
			const [, allowed] = packages.find(([folder]) => file.startsWith(folder)) ?? ["", null];
			// What proves a connector may use what proves things.
			if (!allowed || /\/(conform|harness|support)\b/.test(file)) return [];
			return imports
				.filter(
					({ from }) =>
						!isOurs(from) && !from.startsWith("node:") && !allowed.includes(from.replace(/^([^@/]+)\/.*/, "$1")),
				)
				.map(({ from }) => `${file} → ${from}`);
		});
		expect(wrong).toEqual([]);
	});

	it("lead to the outside in these files only: all other requests go through the guard of addresses", () => {
		const outside = ["node:http", "node:https", "node:http2", "node:tls", "node:dgram", "undici", "nodemailer"];
		const calls = product.filter(
			({ file, imports, text }) =>
				/^(app|components|lib|workers)\//.test(file) &&
				!/^lib\/launch\/|\/sandbox\b|sandbox-server/.test(file) &&
				(imports.some(
					({ from, typeOnly }) => !typeOnly && outside.includes(from.replace(/^(https?|tls)$/, "node:$1")),
				) ||
					imports.some(({ from }) => from === "lib/connectors/kit/fetch-answer") ||
					/(?<![.\w])fetch\(|globalThis\.fetch|\bconnect\(\{? ?port|new WebSocket|new EventSource/.test(text)),
		);
		expect(calls.map(({ file }) => file).sort()).toEqual([
			"components/table/use-export.ts", // a browser asks us
			"lib/api/client.ts", // the same
			"lib/connectors/kit/http.ts", // with the guard
			"lib/mail.ts", // the one mail server, from the environment
			"workers/tasks/system/notify/webhooks.ts", // with the guard
		]);
	});

	it("reach past the tenant in these files only", () => {
		const doors = ["lib/db/root", "lib/db/system"];
		const through = product.filter(({ imports, text }) =>
			imports.some(({ from }) => doors.includes(from) || (from === "lib/db/pools" && /\bsystemPool\b/.test(text))),
		);
		expect(through.map(({ file }) => file).sort()).toEqual([
			"bench/scheduler.ts", // makes ten thousand connections and measures the clock over them
			"lib/auth/account-links.ts", // a link stands between two accounts
			"lib/auth/adapter.ts", // people, sessions and links belong to no account
			"lib/auth/asker.ts",
			"lib/auth/authorization.ts", // whose is the key or the link?
			"lib/auth/directory.ts", // names of people
			"lib/auth/factor/authenticator.ts", // a person's second factor holds in every account
			"lib/auth/factor/factors.ts",
			"lib/auth/factor/passkeys.ts",
			"lib/auth/factor/prove-factor.ts",
			"lib/auth/factor/recovery-codes.ts",
			"lib/auth/factor/reset-factor.ts",
			"lib/auth/hook-scope.ts", // whose connection is an event addressed to?
			"lib/auth/invitations.ts", // a guest belongs to no account yet
			"lib/auth/join.ts",
			"lib/auth/limits.ts", // a network belongs to no account
			"lib/auth/linked-scope.ts", // which linked account may a person enter?
			"lib/auth/memberships.ts",
			"lib/auth/person-settings.ts",
			"lib/auth/refusals.ts", // whose is the thing that was asked for?
			"lib/auth/sessions.ts",
			"lib/db/root.ts",
			"lib/db/rotate-master-key.ts", // seals the key of every account anew
			"lib/db/system.ts",
			"lib/launch/demo/seed.ts", // makes the demo's account
			"lib/launch/demo/trim.ts",
			"lib/launch/demo/wake.ts",
			"lib/launch/main.ts", // the master key fits every account
			"lib/launch/rotate-key.ts",
			"lib/services/health/read-health.ts", // how late is the whole installation
			"lib/services/metrics/read-metrics.ts", // figures of the whole installation, of nobody in it
			"workers/heartbeat.ts", // workers belong to no account
			"workers/main.ts", // is the key the one that accounts are sealed with?
			"workers/tasks/system/forget.ts",
			"workers/tasks/system/notify.ts",
			"workers/tasks/system/notify/digests.ts",
			"workers/tasks/system/notify/mails.ts",
			"workers/tasks/system/notify/outbox.ts",
			"workers/tasks/system/notify/plan.ts",
			"workers/tasks/system/notify/webhooks.ts",
			"workers/tasks/system/prune.ts",
			"workers/tasks/system/sweep.ts",
			"workers/tasks/system/tick.ts",
			"workers/tasks/system/watch-tests.ts",
			"workers/tasks/system/watch.ts",
		]);
	});
});

describe("every file", () => {
	it("is at most 300 lines long", () => {
		const long = sources.filter(({ text }) => text.trimEnd().split("\n").length > 300);
		expect(long.map(({ file }) => file)).toEqual([]);
	});

	it("leaves the environment to the one file that reads it", () => {
		const allowed = [
			"lib/env.ts",
			"lib/launch/", // decides what the environment of the parts it starts holds
			"bench/child.ts", // starts processes with an environment of their own, as do the next two
			"workers/chaos/",
			"lib/db/rotate-master-key.db.test.ts", // kills the real command halfway
			"e2e/",
			"next.config.js", // read by Next before anything of ours
		];
		const name = ["process", "env"].join(".");
		const wrong = sources.filter(
			({ file, text }) => text.includes(name) && !allowed.some((place) => file.startsWith(place)),
		);
		expect(wrong.map(({ file }) => file)).toEqual([]);
	});

	it("has nothing left to be done later", () => {
		const words = ["TO_DO", "FIX_ME", "XX_X", "HA_CK"].map((word) => word.replace("_", ""));
		const later = new RegExp(`\\b(${words.join("|")})\\b`);
		expect(sources.filter(({ text }) => later.test(text)).map(({ file }) => file)).toEqual([]);
	});

	it("gives a reason wherever a rule is not followed, and gives up types in two places only", () => {
		const marks = sources.flatMap(({ file, text }) =>
			[...text.matchAll(/biome-ignore (\S+?):(.*)/g)].map(([, rule = "", reason = ""]) => ({ file, rule, reason })),
		);
		expect(marks.filter(({ reason }) => reason.replace(/\*\/.*$/, "").trim().length < 6)).toEqual([]);
		const untyped = marks.filter(({ rule }) => rule.endsWith("noExplicitAny")).map(({ file }) => file);
		expect(untyped.sort()).toEqual(["lib/connectors/kit/types.ts", "lib/testing/people.ts"]);
		const silenced = sources.filter(({ text }) => /^\s*\/\/ @ts-(ignore|expect-error|nocheck)/m.test(text));
		expect(silenced.map(({ file }) => file)).toEqual([]);
		const rules = readFileSync(path.join(root, ".biome.json"), "utf8");
		expect(rules).not.toMatch(/"noExplicitAny":\s*"off"/);
	});

	it("that is a test is neither skipped nor alone", () => {
		const marked = /\b(it|describe|test)\.(skip|only|todo|fails)\b/;
		expect(sources.filter(({ text }) => marked.test(text)).map(({ file }) => file)).toEqual([]);
	});
});

function isOurs(from: string): boolean {
	return /^(app|bench|components|e2e|lib|workers)\//.test(from);
}

function isWithin(file: string, folder: string): boolean {
	return folder === "" || file === folder || file.startsWith(`${folder}/`) || file.replace(/\.[a-z]+$/, "") === folder;
}
