/** What the tests of this preset share: the sandbox as techOMS names things, and an access to it. */
import type { Dialect } from "../kit/rest/sandbox";

export const access = {
	clientId: "client-7",
	clientSecret: "sandbox-secret-0123",
	tplKey: "sandbox-tpl-key-0123",
	userLoginId: "11",
	customerId: "42",
};

/** PascalCase, with the names that are known besides. */
const special: Record<string, string> = {
	sku: "SKU",
	order_number: "TransactionNumber",
	address1: "Address1",
};
const pascal = (name: string) =>
	special[name] ?? name.replace(/(^|_)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
const snake = (name: string) =>
	Object.keys(special).find((known) => special[known] === name) ??
	name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();

export const dialect: Partial<Dialect> = {
	prefix: "/api/v3",
	access: {
		scheme: "headers",
		headers: {
			"x-client-id": access.clientId,
			"x-client-secret": access.clientSecret,
			"x-api-key": access.tplKey,
		},
	},
	rename: { out: pascal, in: snake },
};

export const settings = (baseUrl: string) => ({ baseUrl, ...access, refusesDoubles: true });
