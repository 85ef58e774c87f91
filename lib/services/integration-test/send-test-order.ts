import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { releaseOrder } from "../orders/release-order";
import { keepTicks, lockRunningTest, look } from "./look-again";
import { readTest, type TestDetail } from "./read-test";

/** Lets the one order that was named through the gate of its cart. It is marked as a test before it can be sent. */
export async function sendTestOrder(scope: Scope, testId: string): Promise<TestDetail> {
	const orderId = await transact(scope, async (tx) => {
		const test = await lockRunningTest(tx, scope, testId);
		const { hints, marks } = await look(tx, test);
		if (hints.orders?.action !== "send-order" || !marks.orders)
			throw new AppError("conflict", { problem: "No test order waits for its cart to go live." });
		await keepTicks(tx, test);
		return marks.orders;
	});
	await releaseOrder(scope, orderId);
	return readTest(scope, testId);
}
