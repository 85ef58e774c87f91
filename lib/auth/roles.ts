/** What each role may do. The membership is read for every request, so a change holds at once. */
import { type Permission, permissions, type Scope } from "@/lib/db/scope";

export const roles = ["owner", "admin", "operator", "viewer"] as const;
export type Role = (typeof roles)[number];

const reading = permissions.filter((permission) => permission.endsWith(":read"));
const viewing = reading.filter((permission) => permission !== "people:read");

const byRole: Record<Role, readonly Permission[]> = {
	owner: permissions,
	admin: permissions,
	operator: [...reading, "orders:write", "connections:write", "runs:write"],
	viewer: viewing,
};

/** What the people of one merchant never get: the account, its other merchants and its staff are not theirs. */
const staffOnly: readonly Permission[] = ["account:write", "merchants:write", "people:read", "people:write"];

/** An unknown role may do nothing. */
export function permissionsOf(role: string, merchantId: string | null): ReadonlySet<Permission> {
	const all = isRole(role) ? byRole[role] : [];
	return new Set(merchantId ? withinMerchant(all) : all);
}

/** Those of some permissions that can be given within one merchant. */
export function withinMerchant(given: readonly Permission[]): Permission[] {
	return given.filter((permission) => !staffOnly.includes(permission));
}

/** A merchant's people set up their carts; the warehouse belongs to the account's staff, and they only look at it. */
export function mayChangeSide(scope: Scope, side: "source" | "destination"): boolean {
	return scope.may.has("connections:write") && (side === "source" || !scope.merchantId);
}

function isRole(role: string): role is Role {
	return (roles as readonly string[]).includes(role);
}
