import type { z } from "zod";
import type { gate } from "@/lib/api/contract/go-live";
import { connectorByKey } from "@/lib/connectors";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { type Checked, checkSystem } from "../connections/ask-system";
import { gatherSettings } from "../connections/settings";
import { checksOf } from "./gate-checks";
import { previewOrders, readStock, readWaiting } from "./preview-orders";
import { readLastTest } from "./tested-check";

export type Gate = z.input<typeof gate>;

export interface End {
	id: string;
	merchantId: string;
	name: string;
	connectorKey: string;
	options: unknown;
	live: boolean;
}

/** What going live would release, and what is missing: asks both systems now. Throws `not-found` for no cart. */
export async function readGate(scope: Scope, connectionId: string): Promise<Gate> {
	const found = await transact(scope, async (tx) => {
		const cart = await readCart(tx, scope, connectionId);
		const warehouse = await readWarehouse(tx, scope, cart.merchantId);
		const waiting = await readWaiting(tx, scope, cart, warehouse?.id ?? "");
		const stock = await readStock(tx, scope, warehouse?.id ?? null, waiting);
		const test = warehouse && (await readLastTest(tx, scope, cart.id, warehouse.id));
		return { cart, warehouse, waiting, stock, test };
	});
	const { cart, warehouse, waiting, stock, test } = found;
	const [cartAnswer, warehouseAnswer] = await Promise.all([ask(scope, cart), warehouse && ask(scope, warehouse)]);
	const orders = previewOrders(waiting, warehouse, stock);
	const checks = checksOf({ cart, warehouse, cartAnswer, warehouseAnswer, stock, orders, test });
	const stops = checks.some(({ key, state }) => key === "warehouse" && state === "fix");
	return { inTest: !cart.live, mayGoLive: !cart.live && !stops, checks, waiting: waiting.total, orders };
}

const columns = `"id", "merchantId", "name", "connectorKey", "options", "liveAt" is not null as "live"`;

async function readCart(tx: Transaction, scope: Scope, id: string): Promise<End> {
	const [cart] = await tx.sql<End>(
		`select ${columns} from "Connection" where "accountId" = $1 and "id" = $2 and "side" = 'source' and "archivedAt" is null`,
		[scope.accountId, id],
	);
	if (!cart) throw new AppError("not-found", { thing: "cart" });
	return cart;
}

/** The warehouse that would get the orders; one that works before one that does not. */
async function readWarehouse(tx: Transaction, scope: Scope, merchantId: string): Promise<End | null> {
	const [warehouse] = await tx.sql<End>(
		`select ${columns} from "Connection" where "accountId" = $1 and "merchantId" = $2 and "side" = 'destination'
		 and "archivedAt" is null order by "state" = 'active' desc, "id" limit 1`,
		[scope.accountId, merchantId],
	);
	return warehouse ?? null;
}

/** Whether a system answers with the settings that are stored. */
async function ask(scope: Scope, end: End): Promise<Checked> {
	const connector = connectorByKey(end.connectorKey);
	if (!connector) throw new AppError("not-found", { thing: `connector "${end.connectorKey}"` });
	const given = { merchantId: end.merchantId, connectorKey: end.connectorKey, connectionId: end.id, values: {} };
	const { settings, problems } = await gatherSettings(scope, given);
	const [problem] = Object.entries(problems);
	if (problem) return { ok: false, fix: problem[1], field: problem[0], reached: true };
	return checkSystem(connector, settings);
}
