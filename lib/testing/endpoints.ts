import { contract } from "@/lib/api/contract/contract";
import type { Things } from "./things";

export interface Endpoint {
	name: string;
	method: string;
	path: string;
	audience: string;
	permission: string | null;
}

interface Made {
	"~orpc"?: { route: { method: string; path: string }; meta: { audience?: string; permission: string | null } };
}

/** Every endpoint, read from the contract itself: a new one is covered by being there. */
function endpointsOf(node: object, path: string[] = []): Endpoint[] {
	return Object.entries(node).flatMap(([key, value]: [string, Made]) => {
		const made = value["~orpc"];
		if (!made) return endpointsOf(value, [...path, key]);
		const { route, meta } = made;
		const { audience = "account", permission } = meta;
		return [{ name: [...path, key].join("."), method: route.method, path: route.path, audience, permission }];
	});
}

export const allEndpoints = endpointsOf(contract);

/** A body that is in order, so that only the foreign id can be the reason for a refusal. */
function bodies(things: Things): Record<string, object> {
	const connection = {
		merchantId: things.merchantId,
		connectorKey: "vendure",
		values: { apiUrl: "http://127.0.0.1:9/admin-api", apiKey: "key" },
	};
	return {
		"merchants.rename": { name: "New name" },
		"connections.create": { ...connection, side: "source", name: "Another" },
		"connections.update": { values: {} },
		"connections.test": connection,
		"connections.choices": { ...connection, side: "source", choices: "locations" },
		"connections.schedule": { paused: true },
		"credentials.update": { values: {} },
		"apiKeys.create": {
			name: "Robot",
			merchantId: things.merchantId,
			connectionId: things.connectionId,
			permissions: ["orders:read"],
			expiresInDays: null,
		},
		"shareLinks.invite": {
			merchantId: things.merchantId,
			connectorKey: "vendure",
			name: "Asked for",
			email: "brand@people.test",
		},
		"shareLinks.create": { email: "brand@people.test" },
	};
}

/** Whether an endpoint's path or body names a thing of an account. */
export function namesThing({ name, path }: Endpoint): boolean {
	return /\{(?!accountId)/.test(path) || name in bodies({} as Things);
}

export function addressOf(endpoint: Endpoint, accountId: string, things: Things): string {
	const filled = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
		name === "accountId" ? accountId : String(Reflect.get(things, name)),
	);
	return `${filled}${queries[endpoint.name] ?? ""}`;
}

const queries: Record<string, string> = { "inventory.explain": "?sku=TEE", "orders.find": "?query=1001" };

export function bodyOf(endpoint: Endpoint, things: Things): object | undefined {
	if (endpoint.method === "GET" || endpoint.method === "DELETE") return undefined;
	return bodies(things)[endpoint.name] ?? {};
}
