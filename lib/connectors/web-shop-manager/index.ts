import { z } from "zod";
import { defineConnector, field } from "../kit/define";
import { headerName, restAddress } from "../kit/rest/access-settings";
import { authHeaders } from "../kit/rest/calls";
import { restCheck, sourcePaths } from "../kit/rest/check";
import { type Auth, remembered } from "../kit/rest/plan";
import { readPreview } from "../kit/rest/preview";
import { lackingIn, restSource as parts } from "../kit/rest/source-parts";
import { sourceFields, sourcePlan } from "../kit/rest/source-settings";

const inferred = "Not published by the vendor, so this is our guess: ask its support.";

/** A bare host stands for its https address. */
const hostDomain = z.preprocess(
	(given) =>
		typeof given === "string" && given.trim() !== "" && !given.includes("://") ? `https://${given.trim()}` : given,
	restAddress(),
);

const settings = z
	.object({
		hostDomain: field(hostDomain, {
			label: "Host Domain",
			help: "Of your shop, such as shop.example.",
			section: "Access",
		}),
		authKey: field(z.string().trim().min(4, "must hold at least 4 characters").max(400), {
			label: "Auth Key",
			help: "Issued by Web Shop Manager's support.",
			section: "Access",
			secret: true,
		}),
		apiPath: field(
			z
				.string()
				.trim()
				.regex(/^(\/[\w.-]+)*$/, "must begin with / and end without, such as /api")
				.default("/api"),
			{ label: "Path of the API", help: inferred, section: "Access", advanced: true },
		),
		keyIn: field(z.enum(["header", "bearer", "query"]).default("header"), {
			label: "How the Auth Key travels",
			help: `A key in the address is masked here, but other servers on its way may keep it. ${inferred}`,
			section: "Access",
			advanced: true,
			optionLabels: { header: "In a header", bearer: "As a bearer token", query: "In the address" },
		}),
		keyName: field(headerName("X-Auth-Key"), {
			label: "Name of the key",
			help: inferred,
			section: "Access",
			advanced: true,
			when: { field: "keyIn", is: ["header", "query"] },
		}),
		...sourceFields(),
	})
	.superRefine(({ keyIn, authKey }, context) => {
		if (keyIn !== "query" || /^[\w.-]{8,}$/.test(authKey)) return;
		const message = "must be at least 8 letters, digits, points, - or _ to travel in an address";
		context.addIssue({ code: "custom", path: ["authKey"], message });
	});
type Settings = typeof settings;

const baseUrlOf = ({ hostDomain: host, apiPath }: z.output<Settings>) => host.replace(/\/$/, "") + apiPath;

const planOf = remembered<Settings>((given) => sourcePlan(given, { baseUrl: baseUrlOf(given), auth: authOf(given) }));

function authOf({ keyIn, keyName, authKey }: z.output<Settings>): Auth {
	return { scheme: keyIn, user: "", secret: authKey, keyName, tokenUrl: "", scope: "", headers: {} };
}

export const webShopManager = defineConnector({
	key: "web-shop-manager",
	name: "Web Shop Manager",
	about: "Loads orders from a Web Shop Manager store, and brings tracking and stock back to it.",
	// Nothing of its API is published: the preset is unverified, and every inferred fact is a setting.
	status: "beta",
	settings,
	baseUrl: baseUrlOf,
	authorize: (context) => authHeaders(context, planOf(context.settings)),
	limits: { requests: 5, perSeconds: 1, concurrent: 4 },
	check: restCheck(planOf, { access: "authKey", address: "hostDomain", paths: sourcePaths }),
	source: parts(planOf),
	lacks: (given) => lackingIn(planOf(given)),
	preview: { read: readPreview(planOf) },
});
