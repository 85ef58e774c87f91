/** What each role may do. The membership is read for every request, so a change holds at once. */
import { type Permission, permissions, type Scope } from "@/lib/db/scope";

export const roles = ["owner", "admin", "operator", "viewer"] as const;
export type Role = (typeof roles)[number];

/** Who was where and did what is for those who answer for the account. */
const reading = permissions.filter((permission) => permission.endsWith(":read") && permission !== "audit:read");
const viewing = reading.filter((permission) => permission !== "people:read");

const byRole: Record<Role, readonly Permission[]> = {
	owner: permissions,
	admin: permissions.filter((permission) => permission !== "owners:write"),
	operator: [...reading, "orders:write", "connections:write", "runs:write", "rules:write"],
	viewer: viewing,
};

/** What the people of one merchant never get: the account, its other merchants and its staff are not theirs. */
const staffOnly: readonly Permission[] = [
	"account:write",
	"merchants:write",
	"owners:write",
	"audit:read",
	"rules:write",
	"rules:publish",
];

/** An unknown role may do nothing. */
export function permissionsOf(role: string, merchantId: string | null): ReadonlySet<Permission> {
	const all = isRole(role) ? byRole[role] : [];
	return new Set(merchantId ? withinMerchant(all) : all);
}

/** Those of some permissions that can be given within one merchant. */
export function withinMerchant(given: readonly Permission[]): Permission[] {
	return given.filter((permission) => !staffOnly.includes(permission));
}

/** What a 3PL's staff may do in the account of a linked brand: its people and its account stay its own. */
export function linkedPermissionsOf(role: string): ReadonlySet<Permission> {
	const all = isRole(role) ? byRole[role] : [];
	return new Set(all.filter((permission) => byRole.operator.includes(permission) && permission !== "people:read"));
}

/**
 * A merchant's people set up their carts; the warehouse belongs to the account's staff, and they only look at it. A
 * linked 3PL has the warehouse, and the brand its carts. `linkId` is the connection's: its settings are the 3PL's.
 */
export function mayChangeSide(
	scope: Pick<Scope, "may" | "merchantId" | "linkId">,
	side: "source" | "destination",
	linkId: string | null = null,
): boolean {
	if (!scope.may.has("connections:write") || (linkId && scope.linkId !== linkId)) return false;
	return side === "source" ? !scope.linkId : !scope.merchantId;
}

/** How far a permission of a role reaches: everywhere, the carts only, or nowhere. */
export type Reach = "all" | "carts" | "none";

export interface MatrixColumn {
	role: Role;
	/** True for the people of one merchant, within it. */
	ofMerchant: boolean;
	reach: Record<Permission, Reach>;
}

/** Every role with what it may do, for staff and for the people of one merchant; a merchant has no owner of its own. */
export function roleMatrix(): MatrixColumn[] {
	const staff = roles.map((role) => columnOf(role, false));
	return [...staff, ...roles.filter((role) => role !== "owner").map((role) => columnOf(role, true))];
}

function columnOf(role: Role, ofMerchant: boolean): MatrixColumn {
	const may = permissionsOf(role, ofMerchant ? "one" : null);
	const scope = { may, ...(ofMerchant && { merchantId: "one" }) };
	const reachOf = (permission: Permission): Reach => {
		if (!may.has(permission)) return "none";
		return permission === "connections:write" && !mayChangeSide(scope, "destination") ? "carts" : "all";
	};
	const reach = Object.fromEntries(permissions.map((permission) => [permission, reachOf(permission)]));
	return { role, ofMerchant, reach: reach as MatrixColumn["reach"] };
}

export function isRole(role: string): role is Role {
	return (roles as readonly string[]).includes(role);
}
