/** Notes when somebody asks for a thing that exists, but not for them. What exists nowhere is only a stale link. */
import { audit } from "@/lib/db/audit";
import { root } from "@/lib/db/root";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";

/** Writes one audit row in the asker's own account for each id that belongs to somebody else. */
export async function noteRefusals(scope: Scope, ids: string[], endpoint: string): Promise<void> {
	const foreign: string[] = [];
	for (const id of new Set(ids)) if (id !== scope.accountId && (await isElsewhere(scope, id))) foreign.push(id);
	if (foreign.length === 0) return;
	await transact(scope, async (tx) => {
		for (const subjectId of foreign)
			await audit(tx, scope, { action: "tenancy.refused", subjectType: "id", subjectId, after: { endpoint } });
	});
}

async function isElsewhere(scope: Scope, id: string): Promise<boolean> {
	const look = owners[id.slice(0, id.indexOf("_"))];
	const owner = look && (await look(id));
	if (!owner) return false;
	if (owner.accountId !== scope.accountId) return true;
	if (scope.connectionId && (await connectionOf(id)) !== scope.connectionId) return id !== scope.accountId;
	if (scope.chosenMerchantIds) return !!owner.merchantId && !scope.chosenMerchantIds.includes(owner.merchantId);
	return !!scope.merchantId && owner.merchantId !== scope.merchantId;
}

/** The connection that a thing is part of; null for everything that is not part of one. */
export async function connectionOf(id: string): Promise<string | null> {
	const look = parts[id.slice(0, id.indexOf("_"))];
	return (await look?.(id))?.connectionId ?? null;
}

const part = { connectionId: true };
const parts: Record<string, (id: string) => Promise<{ connectionId: string } | null>> = {
	con: async (id) => ({ connectionId: id }),
	flo: (id) => root().flow.findFirst({ where: { id }, select: part }),
	run: (id) => root().run.findFirst({ where: { id }, select: part }),
	dif: (id) => root().reconciliationDifference.findFirst({ where: { id }, select: part }),
	xch: (id) => root().exchange.findFirst({ where: { id }, select: part }),
	shl: (id) => root().shareLink.findFirst({ where: { id }, select: part }),
};

interface Owner {
	accountId: string;
	merchantId: string | null;
}

const select = { accountId: true, merchantId: true };

/** What belongs to the whole account. */
function ofStaff(found: { accountId: string } | null): Owner | null {
	return found && { ...found, merchantId: null };
}

/** The merchant that a view is about, where it names one. */
function merchantIn(filter: unknown): string | null {
	const merchantId = Object(filter).merchantId;
	return typeof merchantId === "string" ? merchantId : null;
}

/** By the prefix of the id: whom a thing belongs to. A test holds this list against the ids that paths may hold. */
export const owners: Record<string, (id: string) => Promise<Owner | null>> = {
	acc: async (id) => {
		const found = await root().account.findFirst({ where: { id }, select: { id: true } });
		return found && { accountId: found.id, merchantId: null };
	},
	mer: async (id) => {
		const found = await root().merchant.findFirst({ where: { id }, select: { accountId: true } });
		return found && { accountId: found.accountId, merchantId: id };
	},
	cre: async (id) => {
		const found = await root().credential.findFirst({ where: { id }, select: { accountId: true } });
		return found && { accountId: found.accountId, merchantId: null };
	},
	whk: async (id) => ofStaff(await root().webhookEndpoint.findFirst({ where: { id }, select: { accountId: true } })),
	whd: async (id) => ofStaff(await root().webhookDelivery.findFirst({ where: { id }, select: { accountId: true } })),
	key: (id) => root().apiKey.findFirst({ where: { id }, select }),
	shl: (id) => root().shareLink.findFirst({ where: { id }, select }),
	lnk: async (id) => {
		const found = await root().accountLink.findFirst({ where: { id } });
		const accountId = found?.fulfillmentAccountId ?? found?.merchantAccountId;
		return accountId ? { accountId, merchantId: null } : null;
	},
	inv: (id) => root().invitation.findFirst({ where: { id }, select }),
	mem: (id) => root().membership.findFirst({ where: { id }, select }),
	alr: (id) => root().alert.findFirst({ where: { id }, select }),
	con: (id) => root().connection.findFirst({ where: { id }, select }),
	flo: (id) => root().flow.findFirst({ where: { id }, select }),
	loc: (id) => root().location.findFirst({ where: { id }, select }),
	ord: (id) => root().order.findFirst({ where: { id }, select }),
	pur: (id) => root().purchaseOrder.findFirst({ where: { id }, select }),
	dlv: (id) => root().delivery.findFirst({ where: { id }, select }),
	shp: (id) => root().shipment.findFirst({ where: { id }, select }),
	cfm: (id) => root().confirmation.findFirst({ where: { id }, select }),
	viw: async (id) => {
		const found = await root().orderView.findFirst({ where: { id }, select: { ...select, filter: true } });
		return found && { accountId: found.accountId, merchantId: found.merchantId ?? merchantIn(found.filter) };
	},
	blk: (id) => root().bulkOperation.findFirst({ where: { id }, select }),
	ers: (id) => root().erasure.findFirst({ where: { id }, select }),
	exp: (id) => root().export.findFirst({ where: { id }, select }),
	run: (id) => root().run.findFirst({ where: { id }, select }),
	dif: (id) => root().reconciliationDifference.findFirst({ where: { id }, select }),
	tst: (id) => root().integrationTest.findFirst({ where: { id }, select }),
	xch: (id) => root().exchange.findFirst({ where: { id }, select }),
};
