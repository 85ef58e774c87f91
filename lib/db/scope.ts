import { newId } from "./ids";

/** What a person, a key or a job may do. Roles are sets of these; see lib/auth/roles. */
export const permissions = [
	"orders:read",
	"orders:write",
	"connections:read",
	"connections:write",
	"runs:read",
	"runs:write",
	"inventory:read",
	"merchants:read",
	"merchants:write",
	"people:read",
	"people:write",
	"owners:write",
	"alerts:read",
	"account:write",
	"audit:read",
	"privacy:write",
	"rules:write",
	"rules:publish",
] as const;
export type Permission = (typeof permissions)[number];

/** Who is asking and what they may touch. Every verb and every task takes one first. */
export interface Scope {
	accountId: string;
	/** Set for a merchant user, a merchant key, a share link and every job; absent for account staff. */
	merchantId?: string;
	/** Set for staff who work for chosen merchants only; absent for all others. Empty means that they see none. */
	chosenMerchantIds?: readonly string[];
	/** Set for a key of one connection and for a share link: the guards let such a scope reach nothing else. */
	connectionId?: string;
	/** Set for a 3PL's staff in the account of a brand that is linked to it. */
	linkId?: string;
	actor: Actor;
	may: ReadonlySet<Permission>;
	requestId: string;
	/** Where the request came from, shortened; absent for jobs. */
	network?: string;
}
export type Actor =
	| { type: "user" | "apiKey" | "shareLink"; id: string; name?: string }
	| { type: "job"; task: string; runId?: string };

/** The scope of a task that works for one merchant. */
export function jobScope(accountId: string, merchantId: string, task: string): Scope {
	return { accountId, merchantId, actor: { type: "job", task }, may: new Set(permissions), requestId: newId("req") };
}
