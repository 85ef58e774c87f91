import { implement } from "@orpc/server";
import { alertsContract } from "@/lib/api/contract/alerts";
import { notificationsContract, watchContract, webhooksContract } from "@/lib/api/contract/notifications";
import { assignAlert } from "@/lib/services/alerts/assign-alert";
import { commentAlert } from "@/lib/services/alerts/comment-alert";
import { exportAlerts } from "@/lib/services/alerts/export-alerts";
import { listAlerts } from "@/lib/services/alerts/list-alerts";
import { listWaiting, readAlert } from "@/lib/services/alerts/read-alert";
import { resolveAlert } from "@/lib/services/alerts/resolve-alert";
import { retryAlert } from "@/lib/services/alerts/retry-alert";
import { snoozeAlert } from "@/lib/services/alerts/snooze-alert";
import { readSettings, updateSettings } from "@/lib/services/notifications/settings";
import { readWatchLimits, updateWatchLimits } from "@/lib/services/watch/limits";
import { listDeliveries, resendDelivery, testWebhook } from "@/lib/services/webhooks/deliveries";
import {
	createWebhook,
	listWebhooks,
	removeWebhook,
	rotateWebhook,
	updateWebhook,
} from "@/lib/services/webhooks/webhooks";
import type { RequestContext } from "../serve/context";
import { inScope } from "../serve/guards";

const alerts = implement(alertsContract).$context<RequestContext>().use(inScope);
const notifications = implement(notificationsContract).$context<RequestContext>().use(inScope);
const webhooks = implement(webhooksContract).$context<RequestContext>().use(inScope);
const watch = implement(watchContract).$context<RequestContext>().use(inScope);

export const alertsRouter = {
	list: alerts.list.handler(({ context, input }) => listAlerts(context.scope, input)),
	export: alerts.export.handler(({ context, input }) => exportAlerts(context.scope, input)),
	get: alerts.get.handler(({ context, input }) => readAlert(context.scope, input.alertId)),
	waiting: alerts.waiting.handler(({ context, input }) => listWaiting(context.scope, input.alertId, input)),
	resolve: alerts.resolve.handler(({ context, input }) => resolveAlert(context.scope, input.alertId)),
	snooze: alerts.snooze.handler(({ context, input }) => snoozeAlert(context.scope, input.alertId, input.until)),
	assign: alerts.assign.handler(({ context, input }) => assignAlert(context.scope, input.alertId, input.membershipId)),
	comment: alerts.comment.handler(({ context, input }) => commentAlert(context.scope, input.alertId, input.text)),
	retry: alerts.retry.handler(({ context, input }) => retryAlert(context.scope, input.alertId)),
};

export const notificationsRouter = {
	get: notifications.get.handler(({ context }) => readSettings(context.scope, context.asker)),
	update: notifications.update.handler(({ context, input }) => updateSettings(context.scope, context.asker, input)),
};

export const webhooksRouter = {
	list: webhooks.list.handler(async ({ context }) => ({ items: await listWebhooks(context.scope) })),
	create: webhooks.create.handler(({ context, input }) => createWebhook(context.scope, input)),
	update: webhooks.update.handler(({ context, input }) => updateWebhook(context.scope, input.webhookId, input)),
	rotate: webhooks.rotate.handler(({ context, input }) => rotateWebhook(context.scope, input.webhookId)),
	remove: webhooks.remove.handler(({ context, input }) => removeWebhook(context.scope, input.webhookId)),
	test: webhooks.test.handler(({ context, input }) => testWebhook(context.scope, input.webhookId)),
	deliveries: webhooks.deliveries.handler(({ context, input }) =>
		listDeliveries(context.scope, input.webhookId, input),
	),
	resend: webhooks.resend.handler(({ context, input }) =>
		resendDelivery(context.scope, input.webhookId, input.deliveryId),
	),
};

export const watchRouter = {
	get: watch.get.handler(({ context }) => readWatchLimits(context.scope)),
	update: watch.update.handler(({ context, input }) => updateWatchLimits(context.scope, input.limits)),
};
