/**
 * The door to the data of one tenant. Every query goes through `bindTenant` and runs in a transaction that has the
 * account (and the merchant) set, so that the database agrees. Raw SQL and what is outside the tenant are refused.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { Prisma, PrismaClient } from "./generated/client";
import { appPool } from "./pools";
import type { Scope } from "./scope";
import { bindTenant, outsideModels } from "./tenancy";
import { retried, setScope, type Transaction } from "./transact";

type Outside = "user" | "session" | "signInToken" | "worker" | "rateLimit" | "accountLink";

/** Prisma's models of a tenant; nothing that starts with a dollar. */
export type ScopedDb = Omit<PrismaClient, `$${string}` | Outside | symbol>;

/** One transaction seen two ways: Prisma's models, and SQL on the same connection. */
export interface ScopedTransaction extends Transaction {
	db: ScopedDb;
}

/** Each operation is a transaction of its own. For two that belong together use `transactScoped`. */
export function scoped(scope: Scope): ScopedDb {
	return door((model, operation, args) =>
		transactScoped(scope, ({ db }) => Promise.resolve(call(db, lowerFirst(model), operation, args))),
	);
}

/** Runs work in one transaction within the tenant; repeated whole when the database asks for it. Never call out from it. */
export function transactScoped<T>(scope: Scope, work: (tx: ScopedTransaction) => Promise<T>): Promise<T> {
	return retried((state) =>
		connection
			.run({}, () =>
				prisma().$transaction(async (tx) => {
					const client = connection.getStore()?.client;
					if (!client) throw new Error("the transaction has no connection");
					await setScope(client, scope);
					const db = door((model, operation, args) => {
						const bound = bindTenant(scope, model, operation, args);
						return call(tx, lowerFirst(model), bound.operation, bound.args);
					});
					const result = await work({ db, sql: async (text, values) => (await client.query(text, values)).rows });
					state.committing = true;
					return result;
				}, limits),
			)
			.catch((error) => {
				throw withoutValues(error);
			}),
	);
}

const limits = { maxWait: 10_000, timeout: 60_000 };

/** The connection that the transaction of the current call runs on. */
const connection = new AsyncLocalStorage<{ client?: pg.PoolClient }>();

let base: PrismaClient | undefined;
let over: pg.Pool | undefined;

function prisma(): PrismaClient {
	if (!base || over !== appPool()) {
		over = appPool();
		base = new PrismaClient({
			adapter: new PrismaPg(noting(over)),
			errorFormat: "minimal",
			omit: { account: { sealedKey: true } },
		});
	}
	return base;
}

/** The same pool, but a connection that is taken is noted for whoever runs the transaction. */
function noting(pool: pg.Pool): pg.Pool {
	return new Proxy(pool, {
		get(target, name) {
			if (name !== "connect") return Reflect.get(target, name);
			return async () => {
				const client = await target.connect();
				const store = connection.getStore();
				if (store) store.client = client;
				return client;
			};
		},
	});
}

type Run = (model: string, operation: string, args: unknown) => unknown;

/** Looks like Prisma's client, and knows nothing but the tenant's models. */
function door(run: Run): ScopedDb {
	const models = Object.values(Prisma.ModelName).filter((model) => !outsideModels.includes(model));
	const entries = models.map((model) => [lowerFirst(model), operationsOf(model, run)]);
	return new Proxy(Object.fromEntries(entries) as ScopedDb, {
		get(target, name) {
			if (name in target || typeof name === "symbol" || name === "then") return Reflect.get(target, name);
			throw new Error(`${name} is refused: the door knows only the models of a tenant`);
		},
	});
}

function operationsOf(model: string, run: Run): object {
	return new Proxy(
		{},
		{
			get: (_, operation) =>
				typeof operation === "string" ? (args: unknown) => run(model, operation, args) : undefined,
		},
	);
}

/** Calls one operation of one model by its names. */
function call(client: object, model: string, operation: string, args: unknown): unknown {
	return Reflect.get(client, model)[operation](args);
}

function lowerFirst(model: string): string {
	return model.charAt(0).toLowerCase() + model.slice(1);
}

/** Prisma quotes arguments when it refuses them, and arguments may be secrets: only what is safe goes on. */
function withoutValues(error: unknown): unknown {
	if (error instanceof Prisma.PrismaClientValidationError)
		return new Error("the database client refused a query: its arguments do not fit the schema");
	return error;
}
