import { insertRows } from "@/lib/db/bulk";
import { newId } from "@/lib/db/ids";
import type { Transaction } from "@/lib/db/transact";
import type { FlowWork } from "../work";
import type { Judged } from "./judge";
import type { WriteResult } from "./send-writes";

export interface AttemptInput {
	deliveryId?: string;
	confirmationId?: string;
	cancellationId?: string;
	action: "deliver" | "confirm" | "cancel";
	number: number;
	result: Pick<WriteResult, "startedAt" | "endedAt">;
	attempt: NonNullable<Judged["attempt"]>;
	message: string | null;
}

/** Writes the tries of one batch. */
export async function writeAttempts(tx: Transaction, work: FlowWork, attempts: AttemptInput[]): Promise<void> {
	await insertRows(
		tx,
		"Attempt",
		{
			id: "text",
			accountId: "text",
			deliveryId: "text",
			confirmationId: "text",
			cancellationId: "text",
			action: "text",
			number: "int",
			startedAt: "timestamptz",
			endedAt: "timestamptz",
			outcome: "text",
			faultKind: "text",
			message: "text",
			exchangeId: "text",
			runId: "text",
		},
		attempts.map(({ deliveryId, confirmationId, cancellationId, action, number, result, attempt, message }) => ({
			id: newId("att"),
			accountId: work.scope.accountId,
			deliveryId: deliveryId ?? null,
			confirmationId: confirmationId ?? null,
			cancellationId: cancellationId ?? null,
			action,
			number,
			startedAt: result.startedAt,
			endedAt: result.endedAt,
			outcome: attempt.outcome,
			faultKind: attempt.faultKind,
			message,
			exchangeId: attempt.exchangeId,
			runId: work.runId,
		})),
	);
}
