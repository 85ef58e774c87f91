/**
 * 3PL Warehouse Manager on loopback: its paths, both token bodies, paging limits, RQL, ETag with If-Match, and
 * the refusals that the public documentation names. Unknown query parameters are ignored, as the real one does.
 */
import { type RunningSandbox, startSandboxServer } from "../../kit/sandbox-server";
import { accessRoutes, credentials, type Role, type Tokens } from "./access";
import { type EventSender, eventRoutes } from "./event-routes";
import { itemRoutes } from "./item-routes";
import { orderRoutes } from "./order-routes";
import { receiverRoutes } from "./receiver-routes";
import { stockRoutes } from "./stock-routes";
import { WarehouseStore } from "./store";

export interface ExtensivSandbox extends RunningSandbox, EventSender {
	store: WarehouseStore;
	/** Settings that work, for tests. */
	settings: Record<string, unknown>;
	/** Makes every token given out so far end. */
	expireTokens(): void;
	tokensGiven(): number;
	/** Roles taken from the credential: calls that need them answer 403. */
	revoked: Set<Role>;
}

export interface ExtensivSandboxOptions {
	port?: number;
	seed?: number;
	customerId?: number;
	/** More customers of the same warehouse. */
	customers?: { id: number; name: string }[];
	now?: () => Date;
	tokenSeconds?: number;
	/** The zone in which times are written, without saying so. */
	zone?: string;
}

export async function startExtensivSandbox(options: ExtensivSandboxOptions = {}): Promise<ExtensivSandbox> {
	const now = options.now ?? (() => new Date());
	const facilities = [
		{ id: 2, name: "East" },
		{ id: 3, name: "West" },
	];
	const store = new WarehouseStore(options.customerId ?? 17, facilities, now, options.zone);
	for (const { id, name } of options.customers ?? []) store.addCustomer(id, name);
	const revoked = new Set<Role>();
	let tokens: Tokens = { expire: () => {}, given: () => 0 };
	let events: EventSender | undefined;
	const server = await startSandboxServer((app) => {
		tokens = accessRoutes(app, { now, tokenSeconds: options.tokenSeconds ?? 3600, revoked });
		orderRoutes(app, store);
		receiverRoutes(app, store);
		stockRoutes(app, store);
		itemRoutes(app, store);
		events = eventRoutes(app, now);
	}, options);
	if (!events) throw new Error("the sandbox has no events");
	return {
		...server,
		...events,
		store,
		revoked,
		settings: { baseUrl: server.url, ...credentials, customerId: store.customerId, facilityId: 2 },
		expireTokens: tokens.expire,
		tokensGiven: tokens.given,
	};
}
