import { describe, expect, it } from "vitest";
import { z } from "zod";
import { allConnectors } from "../index";
import { field } from "./define";
import { cardOf, checkSettings, formOf, functionsOf, settingsJsonSchema, splitSettings } from "./form";

const settings = z.object({
	address: field(z.url({ protocol: /^https$/, error: "must begin with https://" }), {
		label: "Address",
		section: "Access",
		level: "account",
	}),
	secret: field(z.string().min(8, "must hold at least 8 characters"), {
		label: "Secret",
		section: "Access",
		level: "account",
		secret: true,
	}),
	customer: field(z.coerce.number("must be a number").int().positive(), {
		label: "Customer",
		section: "Access",
		level: "merchant",
	}),
	kind: field(z.enum(["b2b", "d2c"]).default("d2c"), {
		label: "Kind",
		section: "Orders",
		optionLabels: { d2c: "To consumers" },
	}),
	states: field(z.array(z.enum(["paid", "open"])).default(["paid"]), { label: "States", section: "Orders" }),
	hold: field(z.boolean().default(false), { label: "Hold", section: "Orders", advanced: true }),
	since: field(z.coerce.date().optional(), { label: "Since", section: "Orders" }),
	place: field(z.string().trim().default(""), { label: "Place", section: "Inventory", choicesFrom: "locations" }),
});
const connector = { settings };
const good = { address: "https://x.example", secret: "12345678", customer: "17" };

describe("a form", () => {
	it("says of each field how it is drawn, where it is kept and what it may hold", () => {
		const byName = Object.fromEntries(formOf(connector).map((one) => [one.name, one]));
		expect(Object.values(byName).map((one) => one.kind)).toEqual([
			"url",
			"text",
			"number",
			"select",
			"multiselect",
			"switch",
			"date",
			"text",
		]);
		expect(byName.address).toMatchObject({ required: true, level: "account", secret: false });
		expect(byName.secret).toMatchObject({ required: true, secret: true });
		expect(byName.kind).toMatchObject({
			required: false,
			default: "d2c",
			level: "connection",
			options: [
				{ value: "b2b", label: "b2b" },
				{ value: "d2c", label: "To consumers" },
			],
		});
		expect(byName.place).toMatchObject({ choicesFrom: "locations", default: "" });
		expect(byName.hold).toMatchObject({ advanced: true, default: false });
	});

	it("names the field and what it must be", () => {
		expect(checkSettings(connector, { address: "ftp://x", secret: "", customer: "x" })).toEqual({
			ok: false,
			problems: {
				address: "Address must begin with https://.",
				secret: "Secret is missing. Enter it.",
				customer: "Customer must be a number.",
			},
		});
		expect(checkSettings(connector, { ...good, extra: 1 })).toEqual({
			ok: false,
			problems: { extra: '"extra" is not a setting. Leave it out.' },
		});
	});

	it("gives the parsed values, of all levels or of some", () => {
		expect(checkSettings(connector, good)).toMatchObject({ ok: true, settings: { customer: 17, kind: "d2c" } });
		expect(checkSettings(connector, { customer: "17" }, ["merchant"])).toEqual({
			ok: true,
			settings: { customer: 17 },
		});
	});

	it("checks rules between fields", () => {
		const pair = {
			settings: settings.refine((all) => all.kind !== "b2b" || all.place !== "", {
				path: ["place"],
				message: "must be chosen",
			}),
		};
		expect(checkSettings(pair, { ...good, kind: "b2b" })).toEqual({
			ok: false,
			problems: { place: "Place must be chosen." },
		});
	});

	it("sorts values by level, secrets apart", () => {
		expect(splitSettings(connector, { ...good, place: "2", unknown: 1 })).toEqual({
			account: { plain: { address: "https://x.example" }, secret: { secret: "12345678" } },
			merchant: { plain: { customer: "17" }, secret: {} },
			connection: { plain: { place: "2" }, secret: {} },
		});
	});

	it("is a JSON Schema that hides secrets and asks only for what is required", () => {
		const schema = settingsJsonSchema(connector);
		expect(schema).toMatchObject({
			required: ["address", "secret", "customer"],
			properties: { secret: { writeOnly: true }, kind: { enum: ["b2b", "d2c"], title: "Kind" } },
		});
	});
});

describe.each(allConnectors().map((one) => [one.key, one] as const))("%s", (_key, one) => {
	it("has a card that is plain JSON, with functions and a field for every setting", () => {
		const card = cardOf(one);
		expect(JSON.parse(JSON.stringify(card))).toEqual(card);
		expect(card.functions.length).toBeGreaterThan(0);
		expect(card.fields.map((field) => field.name)).toEqual(Object.keys(one.settings.shape));
		expect(settingsJsonSchema(one)).toMatchObject({ type: "object" });
	});
});

it("names functions as their users know them", () => {
	const names = Object.fromEntries(allConnectors().map((one) => [one.key, functionsOf(one)]));
	expect(names.vendure).toContain("Shipment Confirmation Detailed");
	expect(names["extensiv-3pl"]).toEqual(expect.arrayContaining(["Order Send", "Multi-Warehouse Support"]));
});
