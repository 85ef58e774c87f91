import type { Permission } from "@/lib/db/scope";

export type KeyLevel = "account" | "merchant" | "connection";

/** What each permission lets a key do, and on which levels it means something. */
export const permissionWords: Record<Permission, { words: string; levels: readonly KeyLevel[] }> = {
	"orders:read": { words: "See orders and their journey", levels: ["account", "merchant"] },
	"orders:write": { words: "Hold, release, resend and cancel orders", levels: ["account", "merchant"] },
	"connections:read": { words: "See connections and their settings", levels: ["account", "merchant", "connection"] },
	"connections:write": {
		words: "Set up, pause and schedule connections",
		levels: ["account", "merchant", "connection"],
	},
	"runs:read": { words: "See runs and their exchanges", levels: ["account", "merchant", "connection"] },
	"runs:write": { words: "Start and stop runs", levels: ["account", "merchant", "connection"] },
	"inventory:read": { words: "See stock and how it was computed", levels: ["account", "merchant"] },
	"alerts:read": { words: "See alerts", levels: ["account", "merchant"] },
	"merchants:read": { words: "See merchants", levels: ["account", "merchant"] },
	"merchants:write": { words: "Add and rename merchants", levels: ["account"] },
	"people:read": { words: "See people", levels: ["account", "merchant"] },
	"people:write": { words: "Invite people and change roles", levels: ["account", "merchant"] },
	"owners:write": { words: "Change who the owners are", levels: ["account"] },
	"audit:read": { words: "See and export the audit log", levels: ["account"] },
	"account:write": { words: "Change the account, shared settings and API keys", levels: ["account"] },
};
