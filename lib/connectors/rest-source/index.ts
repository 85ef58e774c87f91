import { z } from "zod";
import { defineConnector } from "../kit/define";
import { accessFields, accessRules, authOf } from "../kit/rest/access-settings";
import { authHeaders } from "../kit/rest/calls";
import { restCheck, sourcePaths } from "../kit/rest/check";
import { remembered } from "../kit/rest/plan";
import { readPreview } from "../kit/rest/preview";
import { lackingIn, restSource as parts } from "../kit/rest/source-parts";
import { sourceFields, sourcePlan } from "../kit/rest/source-settings";

const settings = z.object({ ...accessFields(), ...sourceFields() }).superRefine(accessRules);
type Settings = typeof settings;

const planOf = remembered<Settings>((given) => sourcePlan(given, { baseUrl: given.baseUrl, auth: authOf(given) }));

export const restSource = defineConnector({
	key: "rest-source",
	name: "REST order source",
	about: "Loads orders from any cart or order system with a JSON API, and brings tracking and stock back to it.",
	status: "stable",
	settings,
	baseUrl: ({ baseUrl }) => baseUrl,
	authorize: (context) => authHeaders(context, planOf(context.settings)),
	// Gentle, since nobody knows what a house-made system bears; a 429 slows us down further.
	limits: { requests: 10, perSeconds: 1, concurrent: 4 },
	check: restCheck(planOf, { access: "secret", address: "baseUrl", paths: sourcePaths }),
	source: parts(planOf),
	lacks: (given) => lackingIn(planOf(given)),
	preview: { read: readPreview(planOf) },
});
