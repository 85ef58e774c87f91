import type { Transaction } from "@/lib/db/transact";
import type { Owner } from "@/lib/flow/stock/read-rules";

interface Twin {
	side: "source" | "destination";
	name: string;
	otherName: string;
	otherMerchant: string;
	same: boolean;
}

/**
 * Places whose stock runs over: a warehouse that feeds the carts of two merchants, and a shop that two carts tell of
 * stock. They are the same where system, settings and the name by which the system knows us are. Whoever asks is told
 * of other merchants only where they may see them.
 */
export async function findLeaks(tx: Transaction, owner: Owner): Promise<string[]> {
	const twins = await tx.sql<Twin>(
		`select a."side", a."name", b."name" as "otherName", m."name" as "otherMerchant", a."merchantId" = b."merchantId" as "same"
		 from "Connection" a
		 join "Connection" b on b."accountId" = a."accountId" and b."id" <> a."id" and b."side" = a."side" and b."connectorKey" = a."connectorKey"
		   and b."values" = a."values" and b."checkedAs" is not distinct from a."checkedAs" and b."archivedAt" is null
		   and (a."side" = 'source' or b."merchantId" <> a."merchantId") and (b."merchantId" <> a."merchantId" or b."id" > a."id")
		 join "Merchant" m on m."accountId" = b."accountId" and m."id" = b."merchantId"
		 where a."accountId" = $1 and a."merchantId" = $2 and a."archivedAt" is null and a."values" <> '{}'::jsonb
		 order by a."name", b."name" limit 20`,
		[owner.accountId, owner.merchantId],
	);
	return twins.map(({ side, name, otherName, otherMerchant, same }) => {
		const other = same ? otherName : `${otherName} of ${otherMerchant}`;
		return side === "destination"
			? `${name} and ${other} seem to be the same warehouse: its stock is told to the carts of both merchants.`
			: `${name} and ${other} seem to be the same shop: each tells it another figure, and the later one stands.`;
	});
}
