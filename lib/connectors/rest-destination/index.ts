import { z } from "zod";
import { defineConnector } from "../kit/define";
import { accessFields, accessRules, authOf } from "../kit/rest/access-settings";
import { authHeaders } from "../kit/rest/calls";
import { destinationPaths, restCheck } from "../kit/rest/check";
import { restDestinationParts } from "../kit/rest/destination-parts";
import { destinationFields, destinationPlan } from "../kit/rest/destination-settings";
import { remembered } from "../kit/rest/plan";
import { sendPreview } from "../kit/rest/preview";

const settings = z.object({ ...accessFields(), ...destinationFields() }).superRefine(accessRules);
type Settings = typeof settings;

const planOf = remembered<Settings>((given) => destinationPlan(given, { baseUrl: given.baseUrl, auth: authOf(given) }));

export const restDestination = defineConnector({
	key: "rest-destination",
	name: "REST warehouse",
	about: "Sends orders to any warehouse system with a JSON API, and brings shipments and stock back.",
	status: "stable",
	settings,
	baseUrl: ({ baseUrl }) => baseUrl,
	authorize: (context) => authHeaders(context, planOf(context.settings)),
	// Gentle, since nobody knows what a house-made system bears; a 429 slows us down further.
	limits: { requests: 10, perSeconds: 1, concurrent: 4 },
	check: restCheck(planOf, { access: "secret", address: "baseUrl", paths: destinationPaths }),
	destination: restDestinationParts(planOf),
	lacks: (given) => (["shipments", "inventory"] as const).filter((name) => !planOf(given).lists[name]),
	preview: { send: sendPreview(planOf) },
});
