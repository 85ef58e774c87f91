/**
 * Every code people can meet: what happened, what it means, what to press. The same registry feeds the API's
 * problem answers, alerts, the fix buttons and the documentation.
 */
export interface ErrorCodeInfo {
	/** HTTP status when a verb throws it. */
	status: number;
	/** What happened, with {facts}. */
	sentence: string;
	meaning: string;
	/** What to do, as the label of the button or a sentence. */
	action: string;
	/** Which screen fixes it. */
	fix?:
		| "connection"
		| "order"
		| "connections"
		| "orders"
		| "purchase-orders"
		| "inventory"
		| "mappings"
		| "people"
		| "you"
		| "second-factor"
		| "notifications";
}

export const errorCodes = {
	"not-found": {
		status: 404,
		sentence: "There is no such {thing} here.",
		meaning: "It does not exist, or it belongs to somebody else.",
		action: "Check the link, or search for it.",
	},
	forbidden: {
		status: 403,
		sentence: "Your role does not allow this.",
		meaning: "An owner or admin of the account decides who may do what.",
		action: "Ask an admin of the account.",
		fix: "people",
	},
	"signed-out": {
		status: 401,
		sentence: "You are signed out.",
		meaning: "The session ended or was ended elsewhere.",
		action: "Sign in again.",
	},
	"second-factor-needed": {
		status: 403,
		sentence: "This account lets people in with a second factor only, and you have none yet.",
		meaning: "A second factor is an app on your phone or a passkey. Setting one up takes two minutes.",
		action: "Set up a second factor.",
		fix: "second-factor",
	},
	"own-factor-first": {
		status: 409,
		sentence: "You have no second factor yourself yet.",
		meaning: "Demanding one now would shut you out of the account at once. Nothing was changed.",
		action: "Set up your own first, under Settings, You.",
		fix: "you",
	},
	"factor-again": {
		status: 403,
		sentence: "Confirm that it is you before you change how you sign in.",
		meaning: "Your second factor was not asked for within the last minutes. Nothing was changed.",
		action: "Give your second factor again.",
		fix: "you",
	},
	"people-only": {
		status: 403,
		sentence: "An API key cannot do this.",
		meaning: "It is about a person, and a key belongs to an account.",
		action: "Sign in and do it there.",
	},
	"link-gone": {
		status: 404,
		sentence: "This link cannot be used.",
		meaning: "It was used already, was withdrawn, is older than seven days, or is not complete.",
		action: "Ask whoever sent it for a new one.",
	},
	"bad-input": {
		status: 422,
		sentence: "{field}: {problem}",
		meaning: "A value cannot be used as it is. Nothing was changed.",
		action: "Correct the field and save again.",
	},
	malformed: {
		status: 400,
		sentence: "The request's body is not JSON we can read.",
		meaning: "Nothing was changed.",
		action: "Send valid JSON with the content type application/json.",
	},
	"too-large": {
		status: 413,
		sentence: "The request is larger than {most} kB.",
		meaning: "Nothing was changed.",
		action: "Send less at once.",
	},
	"hook-refused": {
		status: 401,
		sentence: "This event was refused: {problem}.",
		meaning: "Nothing was read because of it. The schedules read everything anyway.",
		action: "Check the address of events in the other system.",
	},
	"hook-unproved": {
		status: 503,
		sentence: "{system} did not say how its events are signed.",
		meaning: "The event was not taken. It may be sent again.",
		action: "Send it again later.",
	},
	"cross-site": {
		status: 403,
		sentence: "This request came from another site.",
		meaning: "A page elsewhere tried to act in your name. Nothing was changed.",
		action: "Open Crossdock itself and try there.",
	},
	conflict: {
		status: 409,
		sentence: "{problem}",
		meaning: "The thing changed meanwhile, or something else uses the same name.",
		action: "Reload and try again.",
	},
	"too-many-requests": {
		status: 429,
		sentence: "Too many requests. Try again in {seconds} seconds.",
		meaning: "A limit protects everybody's speed.",
		action: "Wait, then try again.",
	},
	"last-owner": {
		status: 409,
		sentence: "{person} the last owner of the account.",
		meaning: "An account always has an owner: somebody must be able to let people in and out.",
		action: "Make somebody else an owner first.",
		fix: "people",
	},
	"mail-failed": {
		status: 502,
		sentence: "The mail server did not take the mail.",
		meaning: "The invitation is kept, but nobody got its link yet.",
		action: "Press Resend in a minute. If it goes on, check the mail server's address.",
		fix: "people",
	},
	"needs-reconnect": {
		status: 409,
		sentence: "{system} no longer accepts the access details of {connection}.",
		meaning: "Nothing is lost: orders wait, and go on when the connection works again.",
		action: "Reconnect",
		fix: "connection",
	},
	throttled: {
		status: 409,
		sentence: "{system} asked us to slow down until {until}.",
		meaning: "The partner limits how often it may be called. We go on by ourselves.",
		action: "Nothing to do.",
	},
	"partner-unreachable": {
		status: 502,
		sentence: "{system} does not answer.",
		meaning: "The system is down or its address is wrong. We keep trying.",
		action: "Check the address, or wait.",
		fix: "connection",
	},
	"partner-refused": {
		status: 422,
		sentence: "{system} refused {subject}: {problem}",
		meaning: "The system answered, and said no. The same request would be refused again.",
		action: "Correct what it names, then resend.",
		fix: "order",
	},
	"delivery-unknown": {
		status: 409,
		sentence: "{system} did not answer whether it took order {number}.",
		meaning: "Before sending again we look whether the order is there, so it cannot ship twice.",
		action: "Nothing to do: we look again by ourselves.",
		fix: "order",
	},
	"gave-up": {
		status: 409,
		sentence: "{subject} was tried for 15 days without success: {problem}",
		meaning: "We stopped trying by ourselves.",
		action: "Correct the cause, then press Resend.",
		fix: "order",
	},
	"bad-record": {
		status: 422,
		sentence: "{system} sent {subject} in a form we cannot use: {problem}",
		meaning: "The record is left out; its neighbours were loaded.",
		action: "Correct it in {system}; it is read again when it changes.",
		fix: "connection",
	},
	"missing-sku": {
		status: 422,
		sentence: "Order {number} has a line without an item code.",
		meaning: "A warehouse cannot pack what has no code.",
		action: "Give the product a SKU in the cart, then pull the order again.",
		fix: "order",
	},
	"unmapped-ship-method": {
		status: 422,
		sentence: 'Orders of {connection} wait: its ship method "{method}" is not mapped.',
		meaning: "Nothing was sent for them. Saving the mapping lets them go out by itself.",
		action: "Map the ship method",
		fix: "mappings",
	},
	"unknown-sku": {
		status: 422,
		sentence: "Item code {sku} is unknown at {system}.",
		meaning: "Orders with it wait. They go out by themselves once somebody says what the warehouse calls it.",
		action: "Map the item code",
		fix: "mappings",
	},
	"no-destination": {
		status: 409,
		sentence: "{merchant} has no warehouse connection yet.",
		meaning: "Orders are kept, and go out when there is one.",
		action: "Connect a warehouse",
		fix: "connections",
	},
	"cancel-refused": {
		status: 409,
		sentence: "The warehouse refused to cancel order {number}: {problem}",
		meaning: "The order was cancelled in the cart, but it may still ship.",
		action: "Call the warehouse, or refund when it returns.",
		fix: "order",
	},
	"changed-after-delivery": {
		status: 409,
		sentence: "Order {number} was changed in the cart after the warehouse had it: {problem}",
		meaning: "The warehouse still has the order as it was.",
		action: "Tell the warehouse, then mark the change as dealt with.",
		fix: "order",
	},
	"warehouse-canceled": {
		status: 409,
		sentence: "The warehouse canceled order {number}, and {system} does not know: {problem}",
		meaning: "The shopper still waits for goods that will not come.",
		action: "Cancel or refund it in the cart, then mark it as dealt with.",
		fix: "order",
	},
	"over-shipped": {
		status: 409,
		sentence: "The warehouse shipped more of order {number} than was ordered.",
		meaning: "The cart may refuse the confirmation.",
		action: "Compare the shipment with the order.",
		fix: "order",
	},
	"purchase-changed": {
		status: 409,
		sentence: "Purchase order {number} changed at its source after the warehouse had it: {note}.",
		meaning: "The warehouse still expects what it was told first.",
		action: "Change it at the warehouse, then mark it as dealt with.",
		fix: "purchase-orders",
	},
	"over-received": {
		status: 409,
		sentence: "The warehouse received more for purchase order {number} than was expected.",
		meaning: "Too many units, an item that nobody ordered, or goods for a purchase order that is over.",
		action: "Compare the receipt with the purchase order, then mark it as dealt with.",
		fix: "purchase-orders",
	},
	late: {
		status: 409,
		sentence: "{subject} of {merchant}: {problem}.",
		meaning: "Nothing failed, but it takes longer than it should.",
		action: "Open the oldest, and ask whoever has it.",
		fix: "order",
	},
	differences: {
		status: 409,
		sentence: "{system} and Crossdock disagree about {subject}: {problem}.",
		meaning: "Two comparisons in a row saw it, so it does not mend itself.",
		action: "Open the list of differences: each has the button that mends it.",
		fix: "connection",
	},
	oversold: {
		status: 409,
		sentence: "{sku} is oversold: {sold} units are sold, and {there} are there. Sold by {carts}.",
		meaning: "Orders that the last count does not know need more than the warehouse has.",
		action: "Count it, buy it in, or cancel an order. Safety stock and shares keep it from happening again.",
		fix: "inventory",
	},
	"held-stock": {
		status: 409,
		sentence: "{connection}: {problem}. Inventory is uploaded there more often than once a day.",
		meaning: "Units of orders on hold may be offered a second time after each upload, until the orders go on.",
		action: "Upload inventory once a day, at night, or choose an inventory mode that counts these orders.",
		fix: "connection",
	},
	"webhook-off": {
		status: 409,
		sentence: "The webhook to {host} was switched off: {problem}",
		meaning: "It is told nothing more until somebody switches it on again.",
		action: "Mend the address, then switch it on.",
		fix: "notifications",
	},
	unexpected: {
		status: 500,
		sentence: "Something went wrong on our side. Mention {requestId} when you ask for help.",
		meaning: "This is a fault of Crossdock.",
		action: "Try again.",
	},
} as const satisfies Record<string, ErrorCodeInfo>;

export type ErrorCode = keyof typeof errorCodes;
