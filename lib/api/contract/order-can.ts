import { z } from "zod";

/** Which buttons of an order would do something now. */
export const orderCan = z.object({
	hold: z.boolean(),
	release: z.boolean(),
	resend: z.boolean(),
	cancelSending: z.boolean(),
	enableSending: z.boolean(),
	resendTracking: z.boolean(),
	edit: z.boolean(),
	undoEdit: z.boolean(),
	acceptAddress: z.boolean(),
	keepAddress: z.boolean(),
	undoKeepAddress: z.boolean(),
	markDelivered: z.boolean(),
	undoMark: z.boolean(),
	dealWithChange: z.boolean(),
	dealWithCancellation: z.boolean(),
	pull: z.boolean(),
	sendAvailable: z.boolean(),
	sendInFull: z.boolean(),
	closeShipped: z.boolean(),
});
