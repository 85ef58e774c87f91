import type { BulkVerb } from "@/lib/api/contract/bulk";

/** The verb as a button says it. */
export const bulkLabels: Record<BulkVerb, string> = {
	resend: "Retry now",
	hold: "Hold",
	release: "Release",
	"cancel-sending": "Cancel sending",
	"enable-sending": "Enable sending",
	"resend-tracking": "Resend tracking",
	pull: "Re-pull",
	"send-available": "Send what is there now",
	"send-in-full": "Send in full anyway",
	"mark-delivered": "Mark as delivered",
	"undo-mark-delivered": "Take back the mark as delivered",
	"set-shipping": "Set shipping",
	"undo-set-shipping": "Shipping as their cart says",
	"apply-rules": "Apply the rules",
};

/** What only takes another verb back: it is offered where that one has ended, not on its own. */
const onlyUndo: BulkVerb[] = ["undo-mark-delivered", "undo-set-shipping"];

/** Those with a button of their own. */
export const bulkButtons = (Object.keys(bulkLabels) as BulkVerb[]).filter((verb) => !onlyUndo.includes(verb));

/** What was done to them, after "3 orders". */
export const bulkDone: Record<BulkVerb, string> = {
	resend: "sent again",
	hold: "held",
	release: "released",
	"cancel-sending": "kept from being sent",
	"enable-sending": "let out again",
	"resend-tracking": "told to the cart again",
	pull: "asked of the cart again",
	"send-available": "sent as far as their stock is there",
	"send-in-full": "sent in full",
	"mark-delivered": "marked as delivered",
	"undo-mark-delivered": "back to what they were",
	"set-shipping": "given their new shipping",
	"undo-set-shipping": "back to the shipping their cart says",
	"apply-rules": "decided by the rules",
};
