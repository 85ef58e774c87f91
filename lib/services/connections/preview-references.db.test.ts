import { beforeEach, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { createTestPerson, type TestPerson } from "@/lib/testing/people";
import { createTestTenant } from "@/lib/testing/tenant";

testDatabase();
const journey = testJourney();
let person: TestPerson;
beforeEach(async () => {
	person = await createTestPerson({ accountId: journey.tenant.accountId, role: "operator" });
});

const preview = (options: object, more: object = {}, as = person) =>
	as.call("POST", `/accounts/${journey.tenant.accountId}/connections/reference-preview`, {
		...{ merchantId: journey.tenant.merchantId, connectorKey: "extensiv-3pl", options },
		...more,
	});

it("shows what each field would be on the newest order, or the one of a number, and where it would be cut", async () => {
	const first = journey.place([{ sku: "MUG", quantity: 3 }]);
	await journey.download();
	const second = journey.place();
	await journey.download();
	const options = {
		poNumberTemplate: "{{number}}/{{country}}",
		lineFields: "What = {{line.quantity}} x {{line.sku}}",
		referenceLength: 6,
	};
	expect((await preview(options, { number: first.code })).body).toMatchObject({ number: first.code });
	const { status, body } = await preview(options);
	expect(status).toBe(200);
	const whole = `${second.code}/US`;
	const cut = { most: 6, outcome: "cut" };
	expect(body).toEqual({
		...{ number: second.code, stop: null, more: 0 },
		references: [
			{ label: "PO number", line: null, told: whole.slice(0, 6), rest: whole.slice(6), length: whole.length, ...cut },
			{ label: "What", line: { number: 1, sku: "TEE" }, told: "2 x TE", rest: "E", length: 7, ...cut },
			{ label: "What", line: { number: 2, sku: "MUG" }, told: "1 x MU", rest: "G", length: 7, ...cut },
		],
	});
	expect((await preview({ ...options, longReferences: "stop" })).body).toMatchObject({
		stop: expect.stringContaining("PO number would have"),
		references: [{ outcome: "stops" }, { outcome: "stops" }, { outcome: "stops" }],
	});
});

it("stores nothing, and the order is sent as before", async () => {
	const { code } = journey.place();
	await journey.download();
	await preview({ poNumberTemplate: "X-{{number}}" });
	await journey.deliver();
	expect(journey.atWarehouse(code).poNum).toBe(code);
});

it("withholds what a warehouse that must not know the shopper is not told", async () => {
	journey.place();
	await journey.download();
	const options = { noteTemplate: "{{name}}", poNumberTemplate: "{{number}} {{name}}", lineNoteTemplate: "{{name}}" };
	const open = await preview(options);
	const name = open.body.references.find(({ label }: { label: string }) => label === "Notes").told;
	expect(name.length).toBeGreaterThan(2);
	const { body } = await preview({ ...options, suppressPersonalData: true });
	expect(JSON.stringify(body)).not.toContain(name);
	expect(body.references.map(({ outcome }: { outcome: string }) => outcome)).toEqual([
		"told",
		...Array.from({ length: 3 }, () => "withheld"),
	]);
});

it("names the option that cannot be, and the custom field that the warehouse does not have", async () => {
	journey.place();
	await journey.download();
	expect(await preview({ lineNoteTemplate: "{{line.skuu}}" })).toMatchObject({
		status: 422,
		body: {
			fields: { lineNoteTemplate: expect.stringMatching(/Notes of lines names .* Did you mean \{\{line\.sku\}\}/) },
		},
	});
	const unknown = await preview({ customFields: "Season = {{number}}" }, { connectorKey: "deposco" });
	expect(unknown).toMatchObject({
		status: 422,
		body: { fields: { customFields: expect.stringMatching(/names Season, which the warehouse does not have/) } },
	});
	const known = await preview({ customFields: "CustomAttribute1 = {{country}}" }, { connectorKey: "deposco" });
	expect(known.body.references).toMatchObject([{ label: "customAttribute1", told: "US" }]);
});

it("asks for an order where there is none, and is not for who may not change connections", async () => {
	expect(await preview({})).toMatchObject({
		status: 409,
		body: { detail: expect.stringContaining("no order to try") },
	});
	expect(await preview({}, { about: "purchase-order", number: "PO-9" })).toMatchObject({
		status: 409,
		body: { detail: expect.stringContaining("no purchase order PO-9") },
	});
	const other = await createTestTenant();
	const stranger = await createTestPerson({ accountId: other.accountId, role: "owner" });
	expect((await preview({}, {}, stranger)).status).toBe(404);
	const viewer = await createTestPerson({ accountId: journey.tenant.accountId, role: "viewer" });
	expect((await preview({}, {}, viewer)).status).toBe(403);
});
