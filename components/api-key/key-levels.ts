import type { Permission } from "@/lib/db/scope";

export type KeyLevel = "account" | "merchant" | "connection";

const anywhere = ["account", "merchant", "connection"] as const;
const accountOrMerchant = ["account", "merchant"] as const;

/** On which levels of a key each permission means something. */
export const keyLevels: Record<Permission, readonly KeyLevel[]> = {
	"orders:read": accountOrMerchant,
	"orders:write": accountOrMerchant,
	"connections:read": anywhere,
	"connections:write": anywhere,
	"runs:read": anywhere,
	"runs:write": anywhere,
	"inventory:read": accountOrMerchant,
	"alerts:read": accountOrMerchant,
	"merchants:read": accountOrMerchant,
	"merchants:write": ["account"],
	"people:read": accountOrMerchant,
	"people:write": accountOrMerchant,
	"owners:write": ["account"],
	"audit:read": ["account"],
	"account:write": ["account"],
	"rules:write": ["account"],
	"rules:publish": ["account"],
	"privacy:write": accountOrMerchant,
};
