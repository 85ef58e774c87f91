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
};

/** What was done to them, after "3 orders". */
export const bulkDone: Record<BulkVerb, string> = {
	resend: "sent again",
	hold: "held",
	release: "released",
	"cancel-sending": "kept from being sent",
	"enable-sending": "let out again",
	"resend-tracking": "told to the cart again",
	pull: "asked of the cart again",
};
