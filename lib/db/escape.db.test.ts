/**
 * Tries to get out of the scoped client with queries that nobody would write: made by chance from the schema itself,
 * with foreign ids wherever an id may stand, through every relation, in reading and in writing.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { testDatabase } from "@/lib/testing/database";
import { createTestTenant, type TestTenant } from "@/lib/testing/tenant";
import { createThings, type Things } from "@/lib/testing/things";
import { newId } from "./ids";
import { systemPool } from "./pools";
import type { Scope } from "./scope";
import { scoped } from "./scoped";

testDatabase();

interface Model {
	name: string;
	columns: string[];
	/** Relations by name: the other model, and whether there are many of it. */
	relations: { name: string; model: string; many: boolean }[];
}

const folder = path.resolve(import.meta.dirname, "../../prisma/schema");
const source = readdirSync(folder).map((file) => readFileSync(path.join(folder, file), "utf8"));
const blocks = source.flatMap((text) => [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)]);
const names = new Set(blocks.map(([, name = ""]) => name));
const models: Model[] = blocks.map(([, name = "", body = ""]) => {
	const fields = [...body.matchAll(/^ {2}(\w+) +(\w+)(\[\])?/gm)];
	return {
		name,
		columns: fields.filter(([, , type = ""]) => !names.has(type)).map(([, column = ""]) => column),
		relations: fields
			.filter(([, , type = ""]) => names.has(type))
			.map(([, relation = "", model = "", many]) => ({ name: relation, model, many: many !== undefined })),
	};
});
const modelOf = (name: string): Model => {
	const found = models.find((model) => model.name === name);
	if (!found) throw new Error(`no model ${name}`);
	return found;
};
const starts = models.filter(({ columns, name }) => columns.includes("accountId") && name !== "Account");

let ours: Things;
let theirs: Things;
/** Another merchant of our own account. */
let neighbour: Things;
/** Who tries, and what they must never see or change. */
const askers: { who: string; scope: () => Scope; secret: () => string[] }[] = [
	{ who: "staff", scope: () => staff, secret: () => idsOf(theirs) },
	{ who: "a merchant's person", scope: () => ownTenant.scope, secret: () => [...idsOf(theirs), ...own(neighbour)] },
	{
		who: "staff of one chosen merchant",
		scope: () => ({ ...staff, chosenMerchantIds: [ours.merchantId] }),
		secret: () => [...idsOf(theirs), ...own(neighbour)],
	},
];
let ownTenant: TestTenant;
let staff: Scope;

beforeAll(async () => {
	ownTenant = await createTestTenant("Own");
	ours = await createThings(ownTenant);
	neighbour = await createThings(ownTenant, "Neighbour");
	theirs = await createThings(await createTestTenant("Foreign"));
	const { merchantId: _, ...scope } = ownTenant.scope;
	staff = scope;
});

const idsOf = (things: Things): string[] => Object.values(things);
/** What belongs to a merchant alone; shared settings belong to the account. */
const own = ({ accountId: _, credentialId: __, ...rest }: Things): string[] => Object.values(rest);

/** An id of somebody else's, or one of ours. */
const anId = fc.integer({ min: 0, max: 40 }).map((index) => {
	const all = [...idsOf(theirs), ...idsOf(neighbour), ...idsOf(ours)];
	return all[index % all.length] ?? "";
});

const idColumns = ({ columns }: Model) => columns.filter((column) => column === "id" || column.endsWith("Id"));

/** Conditions over ids and relations, with every way Prisma has to join them. */
function whereOf(model: Model, depth: number): fc.Arbitrary<object> {
	const columns = idColumns(model);
	const leaf = fc.tuple(fc.constantFrom(...columns), anId, fc.constantFrom("equals", "not", "in", "notIn", "plain"));
	const leaves = leaf.map(([column, id, how]) => ({
		[column]: how === "plain" ? id : { [how]: /in/i.test(how) ? [id] : id },
	}));
	if (depth === 0) return fc.oneof(leaves, fc.constant({}));
	const inner = whereOf(model, depth - 1);
	const related = model.relations.map(({ name, model: other, many }) =>
		fc
			.tuple(
				fc.constantFrom(...(many ? ["some", "every", "none"] : ["is", "isNot"])),
				whereOf(modelOf(other), depth - 1),
			)
			.map(([how, where]) => ({ [name]: { [how]: where } })),
	);
	return fc.oneof(
		leaves,
		fc.array(inner, { maxLength: 2 }).map((parts) => ({ OR: parts })),
		fc.array(inner, { maxLength: 2 }).map((parts) => ({ NOT: parts })),
		fc.tuple(inner, inner).map(([AND, OR]) => ({ AND, OR: [OR, {}] })),
		...related,
	);
}

function includeOf(model: Model, depth: number): fc.Arbitrary<object> {
	if (depth === 0 || model.relations.length === 0) return fc.constant({});
	const parts = model.relations.map(({ name, model: other, many }) =>
		fc
			.tuple(includeOf(modelOf(other), depth - 1), whereOf(modelOf(other), 1))
			.map(([include, where]) => ({ [name]: { ...nonEmpty("include", include), ...(many && { where }) } })),
	);
	return fc.oneof(...parts);
}

const nonEmpty = (name: string, value: object) => (Object.keys(value).length > 0 ? { [name]: value } : {});

const reading = fc.constantFrom(...starts).chain((model) =>
	fc
		.tuple(
			whereOf(model, 2),
			includeOf(model, 3),
			fc.constantFrom("findMany", "findFirst", "groupBy", "aggregate"),
			anId,
		)
		.map(([where, include, operation, id]) => ({
			model,
			operation,
			args: argsOf(operation, { where, include, id }),
		})),
);

function argsOf(operation: string, given: { where: object; include: object; id: string }): object {
	const { where, include, id } = given;
	if (operation === "groupBy") return { where, by: ["accountId", "id"], _count: true };
	if (operation === "aggregate")
		return { where, _min: { id: true, accountId: true }, _max: { id: true, accountId: true } };
	return { where: operation === "findFirst" ? { OR: [{ id }, where] } : where, ...nonEmpty("include", include) };
}

/** Changes that reach for foreign rows: as the thing changed, as its new parent, or as what is made beside it. */
const writing = fc.constantFrom(...starts).chain((model) => {
	const relation = model.relations.length > 0 ? fc.constantFrom(...model.relations) : fc.constant(null);
	return fc
		.tuple(
			whereOf(model, 2),
			anId,
			anId,
			relation,
			fc.constantFrom("updateMany", "update", "deleteMany", "delete", "create", "upsert"),
		)
		.map(([where, id, other, towards, operation]) => ({
			model,
			operation,
			args: changeOf({ model, operation, where, id, other, towards }),
		}));
});

interface Change {
	model: Model;
	operation: string;
	where: object;
	id: string;
	other: string;
	towards: Model["relations"][number] | null;
}

function changeOf({ model, operation, where, id, other, towards }: Change): object {
	const column = idColumns(model).find((name) => name !== "id") ?? "id";
	const nested = towards && { [towards.name]: nestedOf(towards, other) };
	if (operation === "deleteMany") return { where };
	if (operation === "delete") return { where: { id } };
	if (operation === "updateMany") return { where, data: { [column]: other } };
	if (operation === "update") return { where: { id }, data: nested ?? { [column]: other } };
	const row = { id: newId("mer"), accountId: other, merchantId: other, name: newId("key"), ...nested };
	return operation === "create" ? { data: row } : { where: { id }, create: row, update: nested ?? { [column]: other } };
}

const nestedOf = ({ many }: { many: boolean }, id: string) =>
	many ? { connect: [{ id }], deleteMany: {}, updateMany: { where: {}, data: { id } } } : { connect: { id } };

function run(
	{ model, operation, args }: { model: Model; operation: string; args: object },
	scope: Scope,
): Promise<unknown> {
	const name = model.name.charAt(0).toLowerCase() + model.name.slice(1);
	return Promise.resolve().then(() => Reflect.get(Reflect.get(scoped(scope), name), operation)(args));
}

/** Everything that others have, as the database holds it. */
async function belongings(secret: string[]): Promise<string> {
	const rows = await Promise.all(
		starts.map(({ name, columns }) => {
			const owner = columns.includes("merchantId")
				? `("accountId" = any($1) or "merchantId" = any($1))`
				: `"accountId" = any($1)`;
			return systemPool().query(
				`select md5(string_agg(t::text, '|' order by t::text)) as sum from "${name}" t where ${owner}`,
				[secret],
			);
		}),
	);
	return rows.map((result, index) => `${starts[index]?.name} ${result.rows[0].sum}`).join("\n");
}

describe.each(askers)("$who cannot leave the tenant", ({ scope, secret }) => {
	it("by reading", async () => {
		let answered = 0;
		await fc.assert(
			fc.asyncProperty(reading, async (query) => {
				const rows = await run(query, scope()).catch(() => null);
				if (rows !== null) answered++;
				const text = JSON.stringify(rows) ?? "";
				for (const id of secret()) expect(text).not.toContain(id);
			}),
			{ numRuns: 250 },
		);
		// A client that refuses everything would pass too.
		expect(answered).toBeGreaterThan(100);
	});

	it("by writing", async () => {
		const before = await belongings(secret());
		await fc.assert(
			fc.asyncProperty(writing, async (query) => {
				await run(query, scope()).catch(() => null);
				expect(await belongings(secret())).toBe(before);
			}),
			{ numRuns: 80 },
		);
	});
});
