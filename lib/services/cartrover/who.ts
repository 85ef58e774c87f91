/** Whom a call is for: what the key reaches, and the connection of its program. */
import type { Permission, Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

/** Names the merchant that a warehouse key acts for. */
export const merchantHeader = "x-merchant-pk";

export interface CartRoverCall {
	method: string;
	/** Below /v1, unescaped. */
	path: string[];
	query: URLSearchParams;
	/** Of the header; empty when there is none. */
	merchantId: string;
	body: unknown;
}
export type MerchantScope = Scope & { merchantId: string };

/** A refusal in the API's own words, which its clients look for. */
export function refused(problem: string): AppError {
	return new AppError("conflict", { problem });
}

export function must(scope: Scope, permission: Permission): void {
	if (!scope.may.has(permission)) throw refused(`This API key lacks the right ${permission}. Make one that has it.`);
}

/** The scope of one merchant: the key's own, or the one a warehouse key names. */
export async function merchantScope(scope: Scope, { merchantId }: CartRoverCall): Promise<MerchantScope> {
	if (scope.merchantId && (merchantId === "" || merchantId === scope.merchantId))
		return { ...scope, merchantId: scope.merchantId };
	if (scope.merchantId) throw new AppError("not-found", { thing: "merchant" });
	if (merchantId === "")
		throw refused("This key is of a whole account. Name the merchant in the header X-Merchant-Pk.");
	const [found] = await transact(scope, (tx) =>
		tx.sql(`select 1 from "Merchant" where "accountId" = $1 and "id" = $2 and "archivedAt" is null`, [
			scope.accountId,
			merchantId,
		]),
	);
	if (!found) throw new AppError("not-found", { thing: "merchant" });
	return { ...scope, merchantId };
}

/** The connection through which the program speaks: that of its key, or the merchant's only one of the kind. */
export async function programOf(scope: MerchantScope, side: "source" | "destination"): Promise<string> {
	const rows = await transact(scope, (tx) =>
		tx.sql<{ id: string; state: string }>(
			`select "id", "state" from "Connection" where "accountId" = $1 and "merchantId" = $2 and "connectorKey" = 'api'
			   and "side" = $3 and "archivedAt" is null and ($4::text is null or "id" = $4) order by "id" limit 2`,
			[scope.accountId, scope.merchantId, side, scope.connectionId ?? null],
		),
	);
	const [only, other] = rows;
	const what = side === "source" ? "an order source" : "a warehouse";
	if (!only)
		throw refused(`There is no connection "Orders by API" as ${what} for this key. Make one, or use its own key.`);
	if (other) throw refused(`The merchant has several connections "Orders by API" as ${what}. Use the key of one.`);
	if (only.state !== "active") throw refused("This connection is paused. Resume it, and send again.");
	return only.id;
}
