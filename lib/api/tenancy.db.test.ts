import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { root } from "@/lib/db/root";
import { testDatabase } from "@/lib/testing/database";
import { allEndpoints, type Endpoint } from "@/lib/testing/endpoints";
import { callApi, createTestKey, createTestPerson } from "@/lib/testing/people";
import { addressOf, bodyOf, namesThing } from "@/lib/testing/requests";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";

testDatabase({ API_REQUESTS_PER_MINUTE: "100000" });

const ofAccounts = allEndpoints.filter(({ audience }) => audience === "account");
const ofThings = ofAccounts.filter(namesThing);

type Caller = string | { authorization: string } | null;

/** Somebody who asks for what is not theirs: whose account the address names, and whose things the rest names. */
interface Identity {
	caller: Caller;
	accountId: string;
	things: Things;
	/** Where an attempt on somebody's existing thing is noted; nobody notes what a stranger tries. */
	notedIn: string | null;
}

const identities = {
	"nobody at all": { among: allEndpoints, who: async () => stranger(null) },
	"somebody with a made-up key": {
		among: allEndpoints,
		who: async () => stranger({ authorization: `Bearer cd_${"x".repeat(43)}` }),
	},
	"somebody with a made-up share link": {
		among: allEndpoints,
		who: async () => stranger({ authorization: `ShareLink ${"x".repeat(43)}` }),
	},
	"the owner whose session still waits for the second factor": {
		// Two endpoints take the factor itself; what they answer has tests of its own.
		among: allEndpoints.filter(({ audience }) => audience !== "waiting"),
		who: async () => {
			const owner = await createTestPerson({ accountId: foreign.accountId, role: "owner" });
			await root().session.updateMany({ where: { userId: owner.userId }, data: { awaitsFactor: true } });
			return stranger(owner.cookie);
		},
	},
	"the owner of another account": {
		among: ofAccounts,
		who: async () => outside(await ownerOf(own), foreign.accountId),
	},
	"the owner of another account, in their own": {
		among: ofThings,
		who: async () => outside(await ownerOf(own), own.accountId),
	},
	"a key of another account": {
		among: ofAccounts,
		who: async () => outside(await createTestKey({ accountId: own.accountId }), foreign.accountId),
	},
	"a key of another account, in its own": {
		among: ofThings,
		who: async () => outside(await createTestKey({ accountId: own.accountId }), own.accountId),
	},
	"the owner of another merchant": {
		among: ofThings,
		who: async () => inside((await person({ role: "owner", merchantId: own.merchantId })).cookie),
	},
	"staff of another merchant": {
		among: ofThings,
		who: async () => inside((await person({ role: "operator", chosenMerchantIds: [own.merchantId] })).cookie),
	},
	"a key of another merchant": {
		among: ofThings,
		who: async () => inside(await createTestKey({ accountId: own.accountId, merchantId: own.merchantId })),
	},
	"a key of another connection": {
		among: ofThings,
		who: async () => {
			const { merchantId, connectionId } = ownThings;
			return inside(await createTestKey({ accountId: own.accountId, merchantId, connectionId }));
		},
	},
	"a key of another connection of the same merchant": {
		among: ofThings,
		who: async () => {
			const { merchantId } = neighbour;
			const connectionId = await secondConnection();
			return inside(await createTestKey({ accountId: own.accountId, merchantId, connectionId }));
		},
	},
} satisfies Record<string, { among: Endpoint[]; who: () => Promise<Identity> }>;

let own: TestTenant;
let ownThings: Things;
/** Another merchant of our own account. */
let neighbour: Things;
let foreign: Things;

beforeAll(async () => {
	own = await createTestTenant("Own");
	ownThings = await createThings(own);
	neighbour = await createThings(own, "Neighbour");
	foreign = await createThings(await createTestTenant("Foreign"));
});

const stranger = (caller: Caller): Identity => ({
	caller,
	accountId: foreign.accountId,
	things: foreign,
	notedIn: null,
});
const outside = (caller: Caller, accountId: string): Identity => ({
	...{ caller, accountId },
	...{ things: foreign, notedIn: own.accountId },
});
const inside = (caller: Caller): Identity => ({
	...{ caller, accountId: own.accountId },
	...{ things: neighbour, notedIn: own.accountId },
});

function person(membership: {
	role: "owner" | "operator" | "viewer";
	merchantId?: string;
	chosenMerchantIds?: string[];
}) {
	return createTestPerson({ accountId: own.accountId, ...membership });
}
async function ownerOf(tenant: TestTenant): Promise<string> {
	return (await createTestPerson({ accountId: tenant.accountId, role: "owner" })).cookie;
}

async function secondConnection(): Promise<string> {
	const { rows } = await systemPool().query(
		`insert into "Connection" ("id", "accountId", "merchantId", "connectorKey", "side", "name", "values", "state")
		 select 'con_' || substr(md5(random()::text), 1, 24), "accountId", "merchantId", "connectorKey", "side", md5(random()::text), '{}', 'active'
		 from "Connection" where "id" = $1 returning "id"`,
		[neighbour.connectionId],
	);
	return rows[0].id;
}

async function refusalsIn(accountId: string): Promise<number> {
	const { rows } = await systemPool().query(
		`select count(*)::int as n from "AuditEntry" where "accountId" = $1 and "action" = 'tenancy.refused'`,
		[accountId],
	);
	return rows[0].n;
}

const walked: { endpoint: string; identity: string; status: number; answered: boolean }[] = [];

/** What `npm run tenancy` tells. */
afterAll(() => {
	const folder = path.resolve(import.meta.dirname, "../../test-results");
	mkdirSync(folder, { recursive: true });
	const counts = { endpoints: allEndpoints.length, identities: Object.keys(identities).length };
	writeFileSync(path.join(folder, "tenancy.json"), JSON.stringify({ ...counts, walked }, null, "\t"));
});

describe("nobody gets what is not theirs", () => {
	it("walks a contract that has endpoints", () => {
		expect(allEndpoints.length).toBeGreaterThan(45);
		expect(ofThings.length).toBeGreaterThan(28);
	});

	describe.each(Object.entries(identities))("%s", (identity, { among, who }) => {
		let asking: Identity;
		beforeAll(async () => {
			asking = await who();
		});

		it.each(among)("is refused $name", async (endpoint) => {
			const { caller, accountId, things, notedIn } = asking;
			const before = notedIn ? await refusalsIn(notedIn) : 0;
			const answer = await callApi(
				caller,
				endpoint.method,
				addressOf(endpoint, accountId, things),
				bodyOf(endpoint, things),
			);
			const answered = ![401, 403, 404].includes(answer.status);
			walked.push({ endpoint: endpoint.name, identity, status: answer.status, answered });
			expect(answered, JSON.stringify(answer)).toBe(false);
			expect(answer.type).toBe("application/problem+json");
			if (notedIn && answer.status === 404) expect(await refusalsIn(notedIn)).toBeGreaterThan(before);
			if (!notedIn) expect(answer.body.code).toBe(endpoint.audience === "shareLink" ? "link-gone" : "signed-out");
			if (notedIn && accountId !== own.accountId) expect(answer.status).toBe(404);
		});
	});
});

describe("who may, does", () => {
	it.each(ofThings)("$name finds what is ours", async (endpoint) => {
		const tenant = await createTestTenant();
		const things = await createThings(tenant);
		const owner = await createTestPerson({ accountId: tenant.accountId, role: "owner" });
		const answer = await callApi(
			owner.cookie,
			endpoint.method,
			addressOf(endpoint, tenant.accountId, things),
			bodyOf(endpoint, things),
		);
		expect(answer.status, JSON.stringify(answer.body)).not.toBe(404);
		expect(answer.status).not.toBe(500);
	});

	it.each(ofAccounts.filter(({ permission }) => permission?.endsWith(":write")))(
		"$name is refused to a viewer",
		async (endpoint) => {
			const viewer = await person({ role: "viewer" });
			const answer = await viewer.call(
				endpoint.method,
				addressOf(endpoint, own.accountId, ownThings),
				bodyOf(endpoint, ownThings),
			);
			expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
		},
	);

	it.each(ofAccounts)("$name is refused to a key without a permission", async (endpoint) => {
		const key = await createTestKey({ accountId: own.accountId, permissions: [] });
		const answer = await callApi(
			key,
			endpoint.method,
			addressOf(endpoint, own.accountId, ownThings),
			bodyOf(endpoint, ownThings),
		);
		expect(answer).toMatchObject({ status: 403, body: { code: "forbidden" } });
	});
});
