import { describe, expect, test } from "vitest";
import { permissions } from "@/lib/db/scope";
import { mayChangeSide, permissionsOf, type Role, roleMatrix, roles } from "./roles";

const reads = ["orders:read", "connections:read", "runs:read", "inventory:read", "merchants:read", "alerts:read"];
const works = ["orders:write", "connections:write", "runs:write"];
const people = ["people:read", "people:write"];

/** The promise of each role, written out: a permission that is added must be placed here too. */
const table: [Role, string | null, string[]][] = [
	["owner", null, [...permissions]],
	["admin", null, permissions.filter((permission) => permission !== "owners:write")],
	["operator", null, [...reads, ...works, "rules:write", "people:read"]],
	["viewer", null, reads],
	["admin", "mer_1", [...reads, ...works, ...people, "privacy:write"]],
	["operator", "mer_1", [...reads, ...works, "people:read"]],
	["viewer", "mer_1", reads],
];

describe("what a role may do", () => {
	test.each(table)("%s of %s", (role, merchantId, expected) => {
		expect([...permissionsOf(role, merchantId)].sort()).toEqual([...expected].sort());
	});

	test("an unknown role may do nothing", () => {
		expect(permissionsOf("emperor", null).size).toBe(0);
	});

	test("the people of one merchant change their carts, and look at the warehouse", () => {
		const scope = { may: permissionsOf("admin", "mer_1"), merchantId: "mer_1" };
		expect([mayChangeSide(scope, "source"), mayChangeSide(scope, "destination")]).toEqual([true, false]);
	});
});

describe("the matrix on screen", () => {
	test("says of every role and permission what the guard says", () => {
		const columns = roleMatrix();
		expect(columns).toHaveLength(2 * roles.length - 1);
		for (const { role, ofMerchant, reach } of columns) {
			const may = permissionsOf(role, ofMerchant ? "mer_1" : null);
			for (const permission of permissions)
				expect(reach[permission] !== "none", `${role} ${permission}`).toBe(may.has(permission));
		}
	});

	test("says where connections end at the carts", () => {
		const carts = roleMatrix().filter(({ reach }) => Object.values(reach).includes("carts"));
		expect(carts.map(({ role, ofMerchant }) => [role, ofMerchant])).toEqual([
			["admin", true],
			["operator", true],
		]);
	});
});
