/**
 * The token that all jobs of one connection share, in the database. Of many jobs that find it ended, one takes a
 * lease, renews outside any transaction, and keeps the result; the others wait for it. A lease whose holder died
 * ends by itself.
 */
import { renewBeforeMs, type TokenStore } from "@/lib/connectors/kit/token";
import type { Token } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { openSealed, sealed } from "@/lib/db/secrets";
import { transact } from "@/lib/db/transact";
import { after } from "@/lib/time";

const leaseMs = 45_000;
const waitMs = 150;

interface Row {
	sealed: Buffer | null;
	expiresAt: Date | null;
}

export function databaseTokenStore(scope: Scope, id: string, now: () => Date): TokenStore {
	let known: Token | undefined;
	let asking: Promise<Token> | undefined;
	const isFresh = (token: Token) => token.expiresAt.getTime() - renewBeforeMs > now().getTime();
	const binding = `token:${id}`;

	const read = () =>
		transact(scope, async (tx): Promise<Token | null> => {
			const [row] = await tx.sql<Row>(
				`select "sealed", "expiresAt" from "ConnectionToken" where "accountId" = $1 and "id" = $2`,
				[scope.accountId, id],
			);
			const { value } = await openSealed(tx, scope.accountId, binding, row?.sealed ?? null);
			return value && row?.expiresAt ? { value, expiresAt: row.expiresAt } : null;
		});
	const lease = () =>
		transact(scope, async (tx) => {
			// The table has two unique keys, and a conflict that names one of them fails on the other when two jobs begin at once.
			await tx.sql(`insert into "ConnectionToken" ("id", "accountId") values ($2, $1) on conflict do nothing`, [
				scope.accountId,
				id,
			]);
			const rows = await tx.sql(
				`update "ConnectionToken" set "renewingUntil" = $3
				 where "accountId" = $1 and "id" = $2 and ("renewingUntil" is null or "renewingUntil" < $4) returning 1`,
				[scope.accountId, id, after(now(), leaseMs), now()],
			);
			return rows.length > 0;
		});
	const keep = (token: Token | null) =>
		transact(scope, async (tx) => {
			const seal = token && (await sealed(tx, scope.accountId, binding, { value: token.value }));
			await tx.sql(
				`update "ConnectionToken" set "renewingUntil" = null, "sealed" = coalesce($3, "sealed"),
				   "expiresAt" = coalesce($4, "expiresAt"), "renewedAt" = case when $3::bytea is null then "renewedAt" else $5 end
				 where "accountId" = $1 and "id" = $2`,
				[scope.accountId, id, seal, token?.expiresAt ?? null, now()],
			);
		});
	const obtain = async (renew: () => Promise<Token>): Promise<Token> => {
		for (;;) {
			const kept = await read();
			if (kept && isFresh(kept)) return kept;
			if (await lease()) {
				// Somebody may have renewed between our look and our lease.
				const again = await read();
				const token =
					again && isFresh(again)
						? again
						: await renew().catch(async (error) => {
								await keep(null);
								throw error;
							});
				await keep(token);
				return token;
			}
			await new Promise((resolve) => setTimeout(resolve, waitMs));
		}
	};
	return {
		async get(renew) {
			if (known && isFresh(known)) return known;
			asking ??= obtain(renew).finally(() => {
				asking = undefined;
			});
			known = await asking;
			return known;
		},
		async reject(value) {
			if (known?.value === value) known = undefined;
			const kept = await read();
			if (kept?.value !== value) return;
			await transact(scope, (tx) =>
				tx.sql(
					`update "ConnectionToken" set "sealed" = null, "expiresAt" = null where "accountId" = $1 and "id" = $2 and "expiresAt" = $3`,
					[scope.accountId, id, kept.expiresAt],
				),
			);
		},
	};
}
