import type { Permission } from "@/lib/db/scope";

/** What each permission lets people do, as the rows of the matrix. */
export const permissionWords: Record<Permission, string> = {
	"orders:read": "See orders and their journey",
	"orders:write": "Hold, release, resend and correct orders",
	"connections:read": "See connections and their settings",
	"connections:write": "Connect systems, change settings and schedules",
	"runs:read": "See runs and what was sent",
	"runs:write": "Run functions now, stop runs",
	"inventory:read": "See stock",
	"merchants:read": "See merchants",
	"merchants:write": "Add and rename merchants",
	"alerts:read": "See alerts",
	"people:read": "See people",
	"people:write": "Invite, change and remove people",
	"owners:write": "Name and remove owners, hand the account over",
	"account:write": "Change the account and its shared settings",
	"audit:read": "Read and export the audit log",
	"rules:write": "Change the draft of a merchant's rules",
	"rules:publish": "Publish rules, and bring earlier ones back",
	"privacy:write": "Erase shoppers' data, export a merchant's data",
};
