/** The settings that every REST connection begins with: where it is, who we are, and how its lists are read. */
import { z } from "zod";
import { field } from "../define";
import { isZone } from "../zone";
import { none, pathSetting, withoutDash } from "./check-map";
import { parsePlainPath } from "./field-map";
import { type Auth, authSchemes, pagingKinds, type RestPlan } from "./plan";

/** Other values to begin with, by the setting's name. */
export type Defaults = Record<string, string | number | boolean>;
export function standardOf(defaults: Defaults) {
	return {
		text: (name: string, standard = "") => String(defaults[name] ?? standard),
		number: (name: string, standard: number) => Number(defaults[name] ?? standard),
		flag: (name: string, standard: boolean) => Boolean(defaults[name] ?? standard),
	};
}

/**
 * An address that our access details may go to: nothing hidden in it, and no query of its own. Made anew for each field,
 * because its label is kept by schema.
 */
export const restAddress = () =>
	z
		.url({ protocol: /^https?$/, error: "must be an address such as https://wms.example/api" })
		.refine((text) => isPlainAddress(text), "must hold no user, password, ? or #. Enter those in their own fields");

function isPlainAddress(text: string): boolean {
	if (!URL.canParse(text)) return true;
	const { username, password, search, hash } = new URL(text);
	return username === "" && password === "" && search === "" && hash === "";
}

const notForKeys = /^(host|connection|content-.*|transfer-encoding|accept|accept-encoding|te|upgrade|expect|trailer)$/i;
export const headerName = (standard: string) =>
	z
		.string()
		.trim()
		.regex(/^[A-Za-z0-9_-]{1,60}$/, "must be one name of letters, digits, - and _")
		.refine((name) => !notForKeys.test(name), "must be another header: that one is ours to set")
		.default(standard);

/** A path with {names} to be filled in. A dash where the system has no such thing. */
export function pathTemplate(standard: string, names: readonly string[] = [], needed: readonly string[] = []) {
	const known = names.map((name) => `{${name}}`).join(", ");
	return z
		.string()
		.trim()
		.max(300, "must be at most 300 characters")
		.refine((text) => text === "" || text === none || /^\/[^\s#\\]*$/.test(text), "must begin with /, such as /orders")
		.refine(
			(text) => [...text.matchAll(/\{(\w*)\}/g)].every(([, name = ""]) => names.includes(name)),
			known ? `may hold ${known} and no other name in braces` : "must hold no braces",
		)
		.refine(
			(text) => text === "" || text === none || needed.every((name) => text.includes(`{${name}}`)),
			`must hold ${needed.map((name) => `{${name}}`).join(" and ")}`,
		)
		.transform(withoutDash)
		.default(standard);
}

export const schemeLabels = {
	none: "None",
	basic: "Basic: user name and password",
	bearer: "Bearer token",
	header: "Key in a header",
	query: "Key in the address",
	oauth: "OAuth 2 client credentials",
};

/** Address and access of the plain connectors; presets have their own. */
export function accessFields(defaults: Defaults = {}) {
	const standard = standardOf(defaults);
	const scheme = authSchemes.find((known) => known === defaults.authScheme) ?? "bearer";
	return {
		baseUrl: field(restAddress(), {
			label: "Address",
			help: "What every path below is added to, such as https://wms.example/api/v1.",
			section: "Access",
		}),
		authScheme: field(z.enum(authSchemes).default(scheme), {
			label: "How we prove who we are",
			help: "A key in the address is masked here, but other servers on its way may keep it: choose it only where there is no other way.",
			section: "Access",
			optionLabels: schemeLabels,
		}),
		user: field(z.string().trim().max(200).default(""), {
			label: "User name or client ID",
			section: "Access",
			when: { field: "authScheme", is: ["basic", "oauth"] },
		}),
		secret: field(z.string().trim().max(4000).default(""), {
			label: "Password, token, key or client secret",
			section: "Access",
			secret: true,
			when: { field: "authScheme", is: ["basic", "bearer", "header", "query", "oauth"] },
		}),
		keyName: field(headerName(standard.text("keyName", "X-API-Key")), {
			label: "Name of the key",
			help: "The header, or the part of the address, that carries the key.",
			section: "Access",
			when: { field: "authScheme", is: ["header", "query"] },
		}),
		tokenUrl: field(restAddress().optional(), {
			label: "Address of tokens",
			help: "Where a token is asked for with grant_type=client_credentials.",
			section: "Access",
			when: { field: "authScheme", is: ["oauth"] },
		}),
		scope: field(z.string().trim().max(500).default(""), {
			label: "Scope of the token",
			section: "Access",
			when: { field: "authScheme", is: ["oauth"] },
		}),
	};
}

interface AccessSettings {
	authScheme: Auth["scheme"];
	user: string;
	secret: string;
	keyName: string;
	tokenUrl?: string | undefined;
	scope: string;
}

export function authOf(settings: AccessSettings): Auth {
	const { authScheme: scheme, user, secret, keyName, tokenUrl = "", scope } = settings;
	return { scheme, user, secret, keyName, tokenUrl, scope, headers: {} };
}

/** What one way of access needs of the other fields. To be put on the settings as a whole. */
export function accessRules(settings: AccessSettings, context: z.RefinementCtx): void {
	const issue = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
	const { authScheme, secret, user, tokenUrl } = settings;
	if (authScheme === "none") return;
	if (secret.length < 4) issue("secret", "must hold at least 4 characters, or choose another way of access");
	if (["basic", "oauth"].includes(authScheme) && user === "") issue("user", "must not be empty for this way of access");
	if (authScheme === "oauth" && !tokenUrl) issue("tokenUrl", "must be given for this way of access");
	// Written into an address, other characters change their form, and could not be masked there.
	if (authScheme === "query" && !/^[\w.-]{8,}$/.test(secret))
		issue("secret", "must be at least 8 letters, digits, points, - or _ to travel in an address");
}

const pagingLabels = {
	none: "All at once",
	page: "Page number",
	offset: "Offset",
	cursor: "Cursor in the answer",
	link: "Link to the next page",
};
const queryName = (standard: string) =>
	z
		.string()
		.trim()
		.regex(/^[\w.[\]$-]{0,60}$/, "must be one name of letters, digits, -, _ and points")
		.transform(withoutDash)
		.default(standard);

/** How lists come: page by page, and by what changed. */
export function listFields(defaults: Defaults = {}) {
	const standard = standardOf(defaults);
	const kind = pagingKinds.find((known) => known === defaults.pagingKind) ?? "page";
	return {
		pagingKind: field(z.enum(pagingKinds).default(kind), {
			label: "How lists are paged",
			section: "Access",
			optionLabels: pagingLabels,
		}),
		pageName: field(queryName(standard.text("pageName", "page")), {
			label: "Query name of the page, offset or cursor",
			section: "Access",
			when: { field: "pagingKind", is: ["page", "offset", "cursor"] },
		}),
		firstPage: field(z.coerce.number("must be 0 or 1").int().min(0).max(1).default(standard.number("firstPage", 1)), {
			label: "Number of the first page",
			section: "Access",
			when: { field: "pagingKind", is: ["page"] },
		}),
		nextAt: field(pathSetting(standard.text("nextAt", "next")), {
			label: "Where the next cursor or link stands",
			help: "A path in the answer, such as paging.next. A Link header is looked at first.",
			section: "Access",
			when: { field: "pagingKind", is: ["cursor", "link"] },
		}),
		sizeName: field(queryName(standard.text("sizeName", "limit")), {
			label: "Query name of the page size",
			help: "A dash (-): the system's own size.",
			section: "Access",
			advanced: true,
			when: { field: "pagingKind", is: ["page", "offset", "cursor", "link"] },
		}),
		pageSize: field(
			z.coerce.number("must be a number").int().min(1).max(1000).default(standard.number("pageSize", 100)),
			{
				label: "Records per page",
				section: "Access",
				advanced: true,
				when: { field: "pagingKind", is: ["page", "offset", "cursor", "link"] },
			},
		),
		sinceName: field(queryName(standard.text("sinceName", "updated_since")), {
			label: 'Query name of "changed since"',
			help: "A dash (-): everything is read each time, and only what changed is used.",
			section: "Access",
			advanced: true,
		}),
		sinceForm: field(z.enum(["iso", "epoch", "local"]).default("iso"), {
			label: 'Form of "changed since"',
			section: "Access",
			advanced: true,
			optionLabels: { iso: "ISO 8601 in UTC", epoch: "Seconds since 1970", local: "ISO 8601 in the time zone below" },
		}),
		oldestFirst: field(z.boolean().default(standard.flag("oldestFirst", false)), {
			label: "Changes come the oldest first",
			help: "Switch it on only where the system says so: then a page number is never trusted over a time.",
			section: "Access",
			advanced: true,
		}),
		timeZone: field(
			z
				.string()
				.trim()
				.default(standard.text("timeZone", "UTC"))
				.refine(isZone, "must be a time zone such as America/Denver"),
			{ label: "Time zone of times without an offset", section: "Access", advanced: true },
		),
		errorAt: field(pathSetting(standard.text("errorAt")), {
			label: "Where an error stands in a good answer",
			help: "For systems that say 200 and mean no. A path such as error.message; empty: a good status is good.",
			section: "Access",
			advanced: true,
		}),
		checkPath: field(pathTemplate(standard.text("checkPath")), {
			label: 'Path that "Test connection" reads',
			help: "Empty: the first list below that has a path.",
			section: "Access",
			advanced: true,
		}),
		nameAt: field(pathSetting(standard.text("nameAt", "name")), {
			label: "Where that answer holds the account's name",
			section: "Access",
			advanced: true,
		}),
	};
}

interface ListSettings {
	pagingKind: RestPlan["paging"]["kind"];
	pageName: string;
	firstPage: number;
	nextAt: string;
	sizeName: string;
	pageSize: number;
	sinceName: string;
	sinceForm: RestPlan["changes"]["form"];
	oldestFirst: boolean;
	timeZone: string;
	errorAt: string;
	checkPath: string;
	nameAt: string;
}

export function listsOf(settings: ListSettings): Pick<RestPlan, "paging" | "changes" | "zone" | "errorAt" | "check"> {
	const { pagingKind: kind, pageName: name, firstPage: first, sizeName, pageSize: size } = settings;
	return {
		paging: { kind, name, first, sizeName, size, nextAt: parsePlainPath(settings.nextAt) },
		changes: { name: settings.sinceName, form: settings.sinceForm, sorted: settings.oldestFirst },
		zone: settings.timeZone,
		errorAt: parsePlainPath(settings.errorAt),
		check: { path: settings.checkPath, nameAt: parsePlainPath(settings.nameAt) },
	};
}
