import type { Scope } from "@/lib/db/scope";
import { AppError } from "@/lib/errors/app-error";
import { resendOrder } from "../orders/resend-order";
import { resendTracking } from "../orders/resend-tracking";
import { changeAlert, mustBeOpenAlert } from "./change-alert";
import { listWaiting, readAlert } from "./read-alert";

const most = 200;

/**
 * Tries again what waits on an alert, order by order, as the buttons of each order do. An order that cannot be tried,
 * such as a held one, stays as it is and is counted as left.
 */
export async function retryAlert(scope: Scope, alertId: string): Promise<{ tried: number; left: number }> {
	const { retry, waiting } = await readAlert(scope, alertId);
	if (!retry) throw new AppError("conflict", { problem: "Nothing can be tried again for this alert as a whole." });
	const { items } = await listWaiting(scope, alertId, { limit: most });
	let tried = 0;
	for (const { id } of items) {
		try {
			await (retry === "resend" ? resendOrder : resendTracking)(scope, id);
			tried++;
		} catch (error) {
			if (!(error instanceof AppError)) throw error;
		}
	}
	await changeAlert(scope, alertId, async (_, alert) => {
		mustBeOpenAlert(alert);
		return { kind: "retried", count: tried };
	});
	return { tried, left: Math.max(0, waiting - tried) };
}
