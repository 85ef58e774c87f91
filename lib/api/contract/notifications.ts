/** Who hears of alerts: people by mail, programs by webhook; and how long an order may rest before there is one. */
import { z } from "zod";
import { watchedStatusNames } from "@/lib/canonical/watch";
import { base, id, inAccount, instant, pageInput, pageOf } from "./base";

const minuteOfDay = z.int().min(0, "is before midnight").max(1439, "is after midnight");

const settingFields = {
	/** A mail of its own, at once, for what needs a person. */
	atOnce: z.boolean(),
	/** The rest, and what is resolved, gathered in one mail. */
	digest: z.enum(["off", "hourly", "daily"]),
	/** Minutes after midnight in the person's time zone, for the daily digest. */
	digestAt: minuteOfDay,
	/** No mail from then to then; what comes up waits until the end. Null: none. */
	quiet: z.object({ from: minuteOfDay, to: minuteOfDay }).nullable(),
	/** Merchants whose alerts they hear nothing of. */
	mutedMerchantIds: z.array(id("mer")).max(1000),
};

export const notificationSettings = z.object({
	...settingFields,
	timeZone: z.string(),
	/** False while the defaults of the role hold. */
	changed: z.boolean(),
	/** Mails that the mail server did not take yet, or never. */
	trouble: z.object({ count: z.int(), lastError: z.string(), nextTryAt: instant.nullable() }).nullable(),
});

export const webhookEvents = ["alert.opened", "alert.resolved"] as const;

const webhookUrl = z
	.url({ protocol: /^https?$/, error: "is not an address, such as https://example.com/hooks" })
	.max(2000, "is longer than 2,000 characters")
	.refine((url) => !URL.canParse(url) || !new URL(url).username, "must not hold a user name");
const chosenEvents = z.array(z.enum(webhookEvents)).min(1, "needs at least one event");

export const webhookView = z.object({
	id: id("whk"),
	url: z.string(),
	events: z.array(z.string()),
	createdBy: z.string(),
	createdAt: instant,
	/** Since when every try failed. */
	failingSince: instant.nullable(),
	disabledAt: instant.nullable(),
	disabledReason: z.string(),
	waiting: z.int(),
});

export const webhookDelivery = z.object({
	id: id("whd"),
	event: z.string(),
	alertId: z.string().nullable(),
	state: z.enum(["waiting", "delivered", "failed"]),
	tries: z.int(),
	status: z.int().nullable(),
	error: z.string().nullable(),
	nextTryAt: instant.nullable(),
	deliveredAt: instant.nullable(),
	createdAt: instant,
	body: z.string(),
});

const settingsPath = "/accounts/{accountId}/notification-settings";
const hooksPath = "/accounts/{accountId}/webhooks";
const tags = ["Notifications"];
const oneHook = inAccount.extend({ webhookId: id("whk") });
const toldSecret = z.object({ id: id("whk"), secret: z.string() });
const manage = { permission: "account:write" } as const;

export const notificationsContract = {
	get: base
		.route({ method: "GET", path: settingsPath, summary: "How you hear of alerts", tags })
		.meta({ permission: "alerts:read" })
		.input(inAccount)
		.output(notificationSettings),
	update: base
		.route({ method: "PUT", path: settingsPath, summary: "Change how you hear of alerts", tags })
		.meta({ permission: "alerts:read" })
		.input(inAccount.extend(settingFields))
		.output(notificationSettings),
};

export const webhooksContract = {
	list: base
		.route({ method: "GET", path: hooksPath, summary: "List webhooks", tags })
		.meta(manage)
		.input(inAccount)
		.output(z.object({ items: z.array(webhookView) })),
	create: base
		.route({
			method: "POST",
			path: hooksPath,
			summary: "Add a webhook; its secret is told once",
			tags,
			successStatus: 201,
		})
		.meta(manage)
		.input(inAccount.extend({ url: webhookUrl, events: chosenEvents }))
		.output(toldSecret),
	update: base
		.route({ method: "PATCH", path: `${hooksPath}/{webhookId}`, summary: "Change a webhook, or switch it", tags })
		.meta(manage)
		.input(
			oneHook.extend({ url: webhookUrl.optional(), events: chosenEvents.optional(), enabled: z.boolean().optional() }),
		)
		.output(z.object({ id: id("whk") })),
	rotate: base
		.route({
			method: "POST",
			path: `${hooksPath}/{webhookId}/rotate`,
			summary: "Give a webhook a new secret; for a day both sign",
			tags,
		})
		.meta(manage)
		.input(oneHook)
		.output(toldSecret),
	remove: base
		.route({ method: "DELETE", path: `${hooksPath}/{webhookId}`, summary: "Remove a webhook", tags })
		.meta(manage)
		.input(oneHook)
		.output(z.object({ id: id("whk") })),
	test: base
		.route({ method: "POST", path: `${hooksPath}/{webhookId}/test`, summary: "Send a test event", tags })
		.meta(manage)
		.input(oneHook)
		.output(z.object({ id: id("whd") })),
	deliveries: base
		.route({ method: "GET", path: `${hooksPath}/{webhookId}/deliveries`, summary: "What was sent, newest first", tags })
		.meta(manage)
		.input(oneHook.extend(pageInput))
		.output(pageOf(webhookDelivery)),
	resend: base
		.route({
			method: "POST",
			path: `${hooksPath}/{webhookId}/deliveries/{deliveryId}/resend`,
			summary: "Send a delivery again, under the same id",
			tags,
		})
		.meta(manage)
		.input(oneHook.extend({ deliveryId: id("whd") }))
		.output(z.object({ id: id("whd") })),
};

const watchLimit = z.object({
	status: z.enum(watchedStatusNames),
	/** How long an order may rest in the state; 0: for ever. */
	restMinutes: z.int().min(0).max(525_600, "is longer than a year"),
});
const watchPath = "/accounts/{accountId}/watch-limits";

export const watchContract = {
	get: base
		.route({ method: "GET", path: watchPath, summary: "When an order counts as late", tags })
		.meta({ permission: "account:write" })
		.input(inAccount)
		.output(z.object({ items: z.array(watchLimit.extend({ defaultMinutes: z.int() })) })),
	update: base
		.route({ method: "PUT", path: watchPath, summary: "Change when an order counts as late", tags })
		.meta({ permission: "account:write" })
		.input(inAccount.extend({ limits: z.array(watchLimit).max(3) }))
		.output(z.object({ items: z.array(watchLimit.extend({ defaultMinutes: z.int() })) })),
};
