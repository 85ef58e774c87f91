import type { WriteState } from "@/lib/canonical/status";

/** Telling the cart about one shipment, as the page of its order shows it. */
export interface ConfirmationRow {
	id: string;
	shipmentId: string;
	state: WriteState;
	createdAt: Date;
	acceptedAt: Date | null;
	nextTryAt: Date | null;
	problem: string | null;
	existed: boolean;
	runId: string | null;
	carrier: string;
	service: string;
}
