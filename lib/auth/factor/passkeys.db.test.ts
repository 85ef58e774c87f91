import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemPool } from "@/lib/db/pools";
import { overrideEnv } from "@/lib/env";
import { createBrowser } from "@/lib/testing/browser";
import { testDatabase, testEnv } from "@/lib/testing/database";
import { callApi, createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createSoftPasskey } from "@/lib/testing/soft-passkey";
import { issueSignInLink } from "../sign-in-link";

const origin = "http://localhost:3000";
const database = testDatabase({ APP_URL: origin });
const path = "/me/second-factor";

let ann: TestPerson;
let key: ReturnType<typeof createSoftPasskey>;
beforeEach(async () => {
	await sql(`delete from "RateLimit"`);
	ann = await createTestPerson();
	key = createSoftPasskey({ origin, rpId: "localhost" });
});

async function sql<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
	return (await systemPool().query(text, values)).rows;
}
async function begin(person = ann): Promise<string> {
	const { body } = await person.call("POST", `${path}/passkeys/begin`);
	return body.options.challenge;
}
const add = async (ceremony: object = {}, person = ann) =>
	person.call("POST", `${path}/passkeys`, {
		name: "Office laptop",
		passkey: key.make({ challenge: await begin(person), ...ceremony }),
	});

/** A session of the person that waits for the factor. */
async function waiting(person = ann) {
	const browser = createBrowser();
	await browser.press(await issueSignInLink(`${person.userId}@people.test`));
	const call = (method: string, to: string, body?: unknown) => callApi(browser.cookie(), method, to, body);
	const challenge = async () => (await call("POST", `${path}/challenge`)).body.options.challenge as string;
	const prove = (passkey: object) => call("POST", `${path}/prove`, { passkey });
	return { call, challenge, prove };
}

describe("a passkey", () => {
	it("is added under a name, with recovery codes when it is the first factor", async () => {
		const added = await add();
		expect(added).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^pky_/) } });
		expect(added.body.recoveryCodes).toHaveLength(10);
		expect((await ann.call("GET", path)).body).toMatchObject({
			authenticatorSince: null,
			passkeys: [{ name: "Office laptop", lastUsedAt: null }],
		});
		key = createSoftPasskey({ origin, rpId: "localhost" });
		expect((await add()).body.recoveryCodes).toBeNull();
	});

	it("signs its person in, and says when it was used last", async () => {
		await add();
		const session = await waiting();
		expect((await session.call("GET", "/me")).status).toBe(401);
		expect((await session.prove(key.sign({ challenge: await session.challenge() }))).status).toBe(200);
		expect((await session.call("GET", "/me")).status).toBe(200);
		expect((await session.call("GET", path)).body.passkeys[0].lastUsedAt).not.toBeNull();
	});

	it.each([
		["another site", { origin: "http://localhost.example:3000" }],
		["another host's key", { rpId: "example.com" }],
		["another challenge", { challenge: "bWFkZSB1cA" }],
	])("signed for %s is refused, to add it and to sign in", async (_, wrong) => {
		expect((await add(wrong)).status).toBe(422);
		expect((await add()).status).toBe(201);
		const session = await waiting();
		expect((await session.prove(key.sign({ challenge: await session.challenge(), ...wrong }))).status).toBe(422);
		expect((await session.call("GET", "/me")).status).toBe(401);
	});

	it("signs a challenge that works once, in the session that asked, within five minutes", async () => {
		await add();
		const [first, second] = [await waiting(), await waiting()];
		const signed = key.sign({ challenge: await first.challenge() });
		expect((await second.prove(signed)).status).toBe(422);
		expect((await first.prove(signed)).status).toBe(200);
		expect((await first.prove(signed)).status).toBe(422);
		const late = key.sign({ challenge: await second.challenge() });
		await sql(`update "PasskeyChallenge" set "expiresAt" = "expiresAt" - interval '301 seconds'`);
		expect((await second.prove(late)).status).toBe(422);
	});

	it("of somebody else opens nothing", async () => {
		await add();
		const bob = await createTestPerson();
		const others = createSoftPasskey({ origin, rpId: "localhost" });
		await bob.call("POST", `${path}/passkeys`, {
			name: "Bob's",
			passkey: others.make({ challenge: await begin(bob) }),
		});
		const session = await waiting();
		expect((await session.prove(others.sign({ challenge: await session.challenge() }))).status).toBe(422);
		const { body } = await bob.call("GET", path);
		const renamed = await ann.call("PATCH", `${path}/passkeys/${body.passkeys[0].id}`, { name: "Mine now" });
		expect(renamed.status).toBe(404);
		expect((await ann.call("DELETE", `${path}/passkeys/${body.passkeys[0].id}`)).status).toBe(404);
	});

	it("that counts must count on: a copy of it is refused", async () => {
		await add({ counter: 5 });
		const session = await waiting();
		const prove = async (counter: number) =>
			(await session.prove(key.sign({ challenge: await session.challenge(), counter }))).status;
		expect([await prove(6), await prove(6), await prove(5), await prove(7)]).toEqual([200, 422, 422, 200]);
	});

	it("cannot be added to two people", async () => {
		await add();
		expect((await add({}, await createTestPerson())).status).toBe(409);
	});

	it("is renamed and removed; with the last one the factor is off", async () => {
		const { body } = await add();
		const one = `${path}/passkeys/${body.id}`;
		expect((await ann.call("PATCH", one, { name: "Dock" })).status).toBe(200);
		expect((await ann.call("GET", path)).body.passkeys).toMatchObject([{ name: "Dock" }]);
		expect((await ann.call("DELETE", one)).status).toBe(200);
		expect((await ann.call("GET", path)).body).toMatchObject({ passkeys: [], recoveryCodesLeft: 0 });
		expect((await (await waiting()).call("GET", "/me")).status).toBe(200);
	});
});

describe("where the address is a number or not https", () => {
	afterEach(() => overrideEnv({ ...testEnv, DATABASE_URL: database.url(), APP_URL: origin }));

	it.each([
		["http://127.0.0.1:3000", /127\.0\.0\.1 is a number/],
		["http://[::1]:3000", /is a number/],
		["http://hub.example:3000", /https/],
	])("at %s passkeys are refused with a sentence", async (APP_URL, sentence) => {
		overrideEnv({ ...testEnv, DATABASE_URL: database.url(), APP_URL });
		const begun = await ann.call("POST", `${path}/passkeys/begin`);
		expect(begun).toMatchObject({ status: 409, body: { detail: expect.stringMatching(sentence) } });
		expect((await ann.call("GET", path)).body.noPasskeys).toMatch(sentence);
	});
});
