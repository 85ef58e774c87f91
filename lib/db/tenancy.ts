/**
 * Which tenant a query belongs to: pure rules over a model, an operation and its arguments. Nothing here asks the
 * database. What is not known to be safe is refused: a model outside the tenant, an operation nobody thought of.
 */
import { Prisma } from "./generated/client";
import type { Scope } from "./scope";

/** What a query becomes once the tenant is in it. */
export interface BoundQuery {
	operation: string;
	args: Record<string, unknown>;
}

type Values = Record<string, unknown>;

/** People and their ways in, limits on requests, and the worker processes: no account owns them. */
export const outsideModels: readonly string[] = [
	...["User", "Session", "SignInToken", "Worker", "RateLimit", "AccountLink"],
	...["Authenticator", "RecoveryCode", "Passkey", "PasskeyChallenge"],
];

/** One merchant's id, or the ids of those that are chosen for somebody. */
type OneOrSome = string | { in: string[] };

/**
 * How a model without a merchant of its own is kept to some merchants. `null`: it belongs to the whole account, and
 * a merchant's people never read it. A test holds this list against the schema.
 */
export const merchantPaths: Record<string, ((merchantId: OneOrSome) => Values) | null> = {
	Merchant: (id) => ({ id }),
	OrderLine: (merchantId) => ({ order: { merchantId } }),
	OrderEvent: (merchantId) => ({ order: { merchantId } }),
	ShipmentLine: (merchantId) => ({ shipment: { merchantId } }),
	ShipmentPackage: (merchantId) => ({ shipment: { merchantId } }),
	Attempt: (merchantId) => ({
		OR: [{ delivery: { merchantId } }, { confirmation: { merchantId } }, { cancellation: { merchantId } }],
	}),
	Credential: null,
	ConnectionToken: null,
	NotificationSetting: null,
	WebhookEndpoint: null,
	WebhookDelivery: null,
	WatchLimit: null,
	Budget: null,
};

/** Models whose rows may lack a merchant: those rows belong to the account's staff together. Held against the schema too. */
export const sharedModels: readonly string[] = [
	"Membership",
	"Invitation",
	"Alert",
	"AlertEvent",
	"Notification",
	"AuditEntry",
	"ApiKey",
	"BulkOperation",
	"OrderView",
];

/** True for a model whose rows belong to an account. */
export function isTenantModel(model: string): boolean {
	return columnsOf(model).has("accountId");
}

/** Adds the tenant to a query, or throws when that cannot be done. */
export function bindTenant(scope: Scope, model: string, operation: string, args: unknown): BoundQuery {
	const given = isValues(args) ? args : {};
	if (model === "Account") return bindAccount(scope, operation, given);
	if (!isTenantModel(model)) throw new Error(`${model} is outside the tenant`);
	const bound = bindings[operation];
	if (!bound) throw new Error(`${operation} on ${model} is not an operation the door knows`);
	const tenant = tenantOf(scope, model);
	return { operation: plainOperation[operation] ?? operation, args: bound(tenant, given) };
}

interface Tenant {
	model: string;
	accountId: string;
	/** Set when the scope has a merchant and the model has the column. */
	merchantId: string | undefined;
	/** Further conditions that keep a merchant's people to their own. */
	conditions: Values[];
}

function tenantOf(scope: Scope, model: string): Tenant {
	const { accountId, merchantId, chosenMerchantIds } = scope;
	const none = { model, accountId, merchantId: undefined, conditions: [] };
	if (!merchantId) return chosenMerchantIds ? { ...none, conditions: chosenRows(model, [...chosenMerchantIds]) } : none;
	if (columnsOf(model).has("merchantId")) return { ...none, merchantId, conditions: [{ merchantId }] };
	const path = merchantPaths[model];
	if (!path) throw new Error(`${model} belongs to the whole account, not to one merchant`);
	return { ...none, conditions: [path(merchantId)] };
}

/** Staff of chosen merchants share what belongs to no merchant with the other staff. The database holds what they write. */
function chosenRows(model: string, ids: string[]): Values[] {
	const some = { in: ids };
	const path = merchantPaths[model];
	if (!columnsOf(model).has("merchantId")) return path ? [path(some)] : [];
	return [sharedModels.includes(model) ? { OR: [{ merchantId: null }, { merchantId: some }] } : { merchantId: some }];
}

/** A person may look at the account they are in, without its key, and at no other. */
function bindAccount(scope: Scope, operation: string, args: Values): BoundQuery {
	const found = plainOperation[operation] ?? operation;
	if (found !== "findFirst" && found !== "findFirstOrThrow") throw new Error(`${operation} on Account is refused`);
	return { operation: found, args: { ...args, where: { ...asValues(args.where), id: scope.accountId } } };
}

const filtered = (tenant: Tenant, args: Values) => ({ ...args, where: ownRows(tenant, args.where) });
const created = (tenant: Tenant, args: Values) => ({ ...args, data: ownData(tenant, args.data) });
const updated = (tenant: Tenant, args: Values) => ({ ...filtered(tenant, args), data: keptData(tenant, args.data) });

/** Every operation the door lets through, and what it adds. `findUnique` becomes `findFirst`; see plainOperation. */
const bindings: Record<string, (tenant: Tenant, args: Values) => Values> = {
	findUnique: (tenant, args) => filtered(tenant, { ...args, where: flatten(tenant.model, args.where) }),
	findUniqueOrThrow: (tenant, args) => filtered(tenant, { ...args, where: flatten(tenant.model, args.where) }),
	findFirst: filtered,
	findFirstOrThrow: filtered,
	findMany: filtered,
	count: filtered,
	aggregate: filtered,
	groupBy: filtered,
	create: created,
	createMany: created,
	createManyAndReturn: created,
	update: updated,
	updateMany: updated,
	updateManyAndReturn: updated,
	upsert: (tenant, args) => ({
		...filtered(tenant, args),
		create: ownData(tenant, args.create),
		update: keptData(tenant, args.update),
	}),
	delete: filtered,
	deleteMany: filtered,
};

/** Prisma gathers unique look-ups of one tick into one query; the plain look-up has no such surprises. */
const plainOperation: Record<string, string> = { findUnique: "findFirst", findUniqueOrThrow: "findFirstOrThrow" };

/** The caller's own accountId gives way; everything else they asked holds beside ours, an OR included. */
function ownRows(tenant: Tenant, where: unknown): Values {
	const asked = asValues(where);
	const and = asked.AND === undefined ? [] : Array.isArray(asked.AND) ? asked.AND : [asked.AND];
	const rows = { ...asked, accountId: tenant.accountId };
	return tenant.conditions.length > 0 ? { ...rows, AND: [...and, ...tenant.conditions] } : rows;
}

/** New rows belong to the tenant, whether they say so or not; rows that say otherwise are refused. */
function ownData(tenant: Tenant, data: unknown): unknown {
	if (Array.isArray(data)) return data.map((row) => ownData(tenant, row));
	const row = keptData(tenant, data);
	const { accountId, merchantId } = tenant;
	return merchantId ? { ...row, accountId, merchantId } : { ...row, accountId };
}

/** Changed rows stay where they are. */
function keptData(tenant: Tenant, data: unknown): Values {
	const row = asValues(data);
	if ("account" in row) throw new Error(`${tenant.model} cannot be given to another account`);
	if (isOther(row.accountId, tenant.accountId)) throw new Error(`${tenant.model} of another account was refused`);
	if (tenant.merchantId && isOther(row.merchantId, tenant.merchantId))
		throw new Error(`${tenant.model} of another merchant was refused`);
	return row;
}

function isOther(value: unknown, own: string): boolean {
	return value !== undefined && value !== own && !(isValues(value) && value.set === own);
}

/** {accountId_id: {accountId, id}} becomes {accountId, id}, which a plain look-up understands. */
function flatten(model: string, where: unknown): Values {
	const columns = columnsOf(model);
	const entries = Object.entries(asValues(where)).flatMap(([key, value]) =>
		key.includes("_") && !columns.has(key) && isValues(value) ? Object.entries(value) : [[key, value] as const],
	);
	return Object.fromEntries(entries);
}

function columnsOf(model: string): ReadonlySet<string> {
	const columns: unknown = Reflect.get(Prisma, `${model}ScalarFieldEnum`);
	return new Set(isValues(columns) ? Object.keys(columns) : []);
}

function asValues(value: unknown): Values {
	return isValues(value) ? value : {};
}

function isValues(value: unknown): value is Values {
	return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}
