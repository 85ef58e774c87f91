/** Loads one connection with everything a flow needs to speak to its system: settings, secrets, token, limits. */
import { type SourceOptions, sourceOptions } from "@/lib/canonical/connection-options";
import { connectorByKey } from "@/lib/connectors";
import { createContext } from "@/lib/connectors/kit/context";
import { createGuard } from "@/lib/connectors/kit/guard";
import type { Connector, Context, Fields } from "@/lib/connectors/kit/types";
import type { Scope } from "@/lib/db/scope";
import { openSealed } from "@/lib/db/secrets";
import { transact } from "@/lib/db/transact";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";
import { log } from "@/lib/log";
import { secondMs } from "@/lib/time";
import { traceCall } from "@/lib/trace";
import type { SourceRules } from "../intake/accept-order";
import { type Filters, filtersOf } from "../intake/filters";
import { sharedLimiter } from "./budget";
import { type Reach, watchReach } from "./circuit";
import { type ExchangeBuffer, exchangeBuffer } from "./exchange-buffer";
import { databaseTokenStore } from "./token-store";

export interface OpenConnection {
	id: string;
	name: string;
	connector: Connector;
	context: Context<Fields>;
	recorder: ExchangeBuffer;
	reach: Reach;
	/** Whose calls count together against what the system allows. */
	budgetId: string;
	options: unknown;
	/** Of an order source: what its orders must be like. */
	filters: Filters;
	/** False for an order source in test: it is told no stock. */
	live: boolean;
}

interface Row {
	id: string;
	name: string;
	connectorKey: string;
	credentialId: string | null;
	values: Record<string, unknown>;
	sealed: Buffer | null;
	options: unknown;
	filters: unknown;
	live: boolean;
	credentialValues: Record<string, unknown> | null;
	credentialSealed: Buffer | null;
}

/** Throws `not-found` for a foreign or archived connection, and `bad-input` when its settings no longer fit. */
export async function openConnection(
	scope: Scope,
	connectionId: string,
	work: { signal: AbortSignal; now: () => Date },
): Promise<OpenConnection> {
	const { row, secrets } = await transact(scope, async (tx) => {
		const [found] = await tx.sql<Row>(
			`select c."id", c."name", c."connectorKey", c."credentialId", c."values", c."sealed", c."options", c."side" = 'destination' or c."liveAt" is not null as "live",
			        (select f."filters" from "CartFilters" f where f."accountId" = c."accountId" and f."connectionId" = c."id"
			         order by f."version" desc limit 1) as "filters", k."values" as "credentialValues", k."sealed" as "credentialSealed"
			 from "Connection" c left join "Credential" k on k."accountId" = c."accountId" and k."id" = c."credentialId"
			 where c."accountId" = $1 and c."id" = $2 and c."archivedAt" is null`,
			[scope.accountId, connectionId],
		);
		if (!found) throw new AppError("not-found", { thing: "connection" });
		const own = await openSealed(tx, scope.accountId, `connection:${found.id}`, found.sealed);
		const shared = await openSealed(tx, scope.accountId, `credential:${found.credentialId}`, found.credentialSealed);
		return { row: found, secrets: { ...shared, ...own } };
	});
	const connector = connectorByKey(row.connectorKey);
	if (!connector) throw new AppError("not-found", { thing: `connector "${row.connectorKey}"` });
	const recorder = exchangeBuffer();
	const reach = watchReach(work.signal);
	const budgetId = row.credentialId ?? row.id;
	const settings = { ...row.credentialValues, ...row.values, ...secrets };
	const parsed = connector.settings.safeParse(settings);
	if (!parsed.success) {
		const issue = parsed.error.issues[0];
		throw new AppError("bad-input", {
			field: String(issue?.path[0] ?? "settings"),
			problem: issue?.message ?? "is not usable",
		});
	}
	const facts = { connectionId: row.id, connector: connector.key };
	const context = createContext({
		connector,
		settings,
		key: budgetId,
		limiter: sharedLimiter(scope, budgetId, connector.limits),
		timeouts: { answerMs: env().PARTNER_TIMEOUT_SECONDS * secondMs },
		recorder: {
			nextId: recorder.nextId,
			record: (exchange) => {
				reach.see(exchange);
				traceCall({ ...exchange, system: connector.key, exchangeId: exchange.id });
				recorder.record(exchange);
			},
		},
		// A token belongs to the credentials it was made from: connections that share them share it.
		tokens: databaseTokenStore(scope, budgetId, work.now),
		signal: work.signal,
		now: work.now,
		guard: createGuard(env().PRIVATE_HOSTS),
		log: {
			info: (message, more) => log().info({ ...facts, ...more }, message),
			warn: (message, more) => log().warn({ ...facts, ...more }, message),
		},
	});
	return {
		id: row.id,
		name: row.name,
		connector,
		context,
		recorder,
		reach,
		budgetId,
		options: row.options,
		filters: filtersOf(row.filters),
		live: row.live,
	};
}

export function sourceOptionsOf(connection: OpenConnection): SourceOptions {
	return sourceOptions.parse(connection.options);
}

export function sourceRulesOf(connection: OpenConnection): SourceRules {
	return { options: sourceOptionsOf(connection), filters: connection.filters };
}
