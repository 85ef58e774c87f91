import type { BulkVerb } from "@/lib/api/contract/bulk";
import type { Scope } from "@/lib/db/scope";
import { cancelSendingChange } from "../orders/cancel-sending";
import type { OrderChange } from "../orders/change-order";
import { enableSendingChange } from "../orders/enable-sending";
import { holdChange } from "../orders/hold-order";
import { markDeliveredChange } from "../orders/mark-delivered";
import { pullAgainChange } from "../orders/pull-again";
import { releaseChange } from "../orders/release-order";
import { resendChange } from "../orders/resend-order";
import { resendTrackingChange } from "../orders/resend-tracking";
import { sendAvailableChange, sendInFullChange } from "../orders/send-backorder";
import { setShippingChange, undoShippingChange } from "../orders/set-shipping";
import { undoMarkChange } from "../orders/undo-mark";
import { applyRulesChange } from "../rules/apply-rules";

/** What a person says with a verb. */
export interface Given {
	reason: string;
	shipping: string;
}

/** The verb as it is done to one order. */
export function changeOf(verb: BulkVerb, scope: Scope, { reason, shipping }: Given): OrderChange {
	const changes: Record<BulkVerb, () => OrderChange> = {
		hold: () => holdChange(reason),
		release: () => releaseChange,
		resend: () => resendChange,
		"cancel-sending": () => cancelSendingChange,
		"enable-sending": () => enableSendingChange,
		"resend-tracking": () => resendTrackingChange,
		pull: () => pullAgainChange(scope.accountId),
		"send-available": () => sendAvailableChange,
		"send-in-full": () => sendInFullChange,
		// Each is known at the warehouse by its own number: one number for many would be none.
		"mark-delivered": () => markDeliveredChange({ number: "", reason }),
		"undo-mark-delivered": () => undoMarkChange,
		"set-shipping": () => setShippingChange(shipping, reason),
		"undo-set-shipping": () => undoShippingChange,
		"apply-rules": () => applyRulesChange,
	};
	return changes[verb]();
}

/** What happens to an order it is done to, after "3 orders". */
export const effectWords: Record<BulkVerb, string> = {
	hold: "will be held",
	release: "will be released",
	resend: "will be sent now",
	"cancel-sending": "will not be sent, until you enable sending again",
	"enable-sending": "will be sent after all",
	"resend-tracking": "will be told to the cart again",
	pull: "will be asked of the cart again",
	"send-available": "will be sent as far as their stock is there",
	"send-in-full": "will be sent in full, whatever the stock",
	"mark-delivered": "will count as at the warehouse, and not be sent from here",
	"undo-mark-delivered": "will be what they were before they were marked",
	"set-shipping": "will be shipped so, whatever their cart says",
	"undo-set-shipping": "will be shipped as their cart says",
	"apply-rules": "will be decided anew by the published rules",
};

/** What takes a verb back; nothing where it cannot be. */
export const inverses: Partial<Record<BulkVerb, BulkVerb>> = {
	hold: "release",
	release: "hold",
	"cancel-sending": "enable-sending",
	"enable-sending": "cancel-sending",
	"mark-delivered": "undo-mark-delivered",
	"set-shipping": "undo-set-shipping",
};
