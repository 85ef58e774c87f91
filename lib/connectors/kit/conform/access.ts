/** C1, C2, C12, C14, C15, C18: who we are, what we may, and what must not be kept. */
import { expect } from "vitest";
import { formOf } from "../form";
import { readGuide } from "../guide";
import { createLimiter, type Limiter } from "../limiter";
import { memoryTokenStore } from "../token";
import {
	type Bench,
	creatorRig,
	creatorsOf,
	dataCall,
	expectForPeople,
	readerRig,
	readersOf,
	readSome,
	said,
} from "./bench";
import type { Case } from "./cases";
import type { AnyConnector, Harness } from "./harness";
import { probe } from "./probe";

export function accessCases(connector: AnyConnector, harness: Harness): Case[] {
	return [
		{ name: "C1 has a key, a name, a guide, and a label for every setting", run: declares },
		{ name: "C2 says who it is with good settings, and which secret is bad", run: checksAccess },
		...(harness.tokens ? [{ name: "C12 renews an ended token once for ten calls", run: renewsOnce }] : []),
		{ name: "C14 makes no call outside its limits", run: keepsLimits },
		{ name: "C15 keeps no secret and no personal data in exchanges, logs and messages", run: keepsSecrets },
		...(connector.hooks
			? [{ name: "C18 refuses forged hooks; a repeated or late one changes nothing", run: hooks }]
			: []),
	];
}

async function declares({ connector }: Bench): Promise<void> {
	expect(connector.key).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
	expect(connector.name).not.toBe("");
	expect(connector.about).toMatch(/^\p{Lu}.{20,140}\.$/u);
	expect((await readGuide(connector.key)).length, "a README for the set-up page").toBeGreaterThan(200);
	for (const field of formOf(connector)) {
		expect(field.label, field.name).toMatch(/^\p{Lu}/u);
		const sounds = /secret|password|passphrase|api_?key|access_?token|private_?key/i.test(field.name);
		expect(field.secret || !sounds, `${field.name} sounds like a secret`).toBe(true);
		const schema = connector.settings.shape[field.name];
		const plain = schema && "safeParse" in schema ? schema : undefined;
		if (field.default !== undefined)
			expect(plain?.safeParse(field.default), field.name).toMatchObject({ success: true });
	}
	const { requests, perSeconds, concurrent } = connector.limits;
	expect(requests > 0 && perSeconds > 0 && concurrent > 0).toBe(true);
}

async function checksAccess(bench: Bench): Promise<void> {
	const { sandbox, wrong } = bench.rig;
	const good = await bench.connector.check(bench.open());
	expect(good).toMatchObject({ ok: true, as: expect.stringMatching(/\S/) });
	expect(sandbox.calls(), "calls of one check").toBeLessThanOrEqual(3);
	const secrets = formOf(bench.connector).filter((field) => field.secret);
	for (const { name } of secrets) {
		const before = sandbox.calls();
		const bad = await bench.connector.check(bench.open({ settings: { [name]: said(wrong[name], `a wrong ${name}`) } }));
		expect(bad, name).toMatchObject({ ok: false, field: name });
		if (!bad.ok) expectForPeople(bad.fix);
		expect(sandbox.calls() - before, "calls of one check").toBeLessThanOrEqual(3);
	}
}

async function renewsOnce(bench: Bench): Promise<void> {
	const tokens = said(bench.rig.tokens, "tokens");
	const store = memoryTokenStore(bench.clock.now);
	await probe(bench, bench.open({ tokens: store }));
	tokens.expire();
	const before = tokens.given();
	const context = bench.open({ tokens: store });
	await Promise.all(Array.from({ length: 10 }, () => probe(bench, context)));
	expect(tokens.given() - before).toBe(1);
}

async function keepsLimits(bench: Bench): Promise<void> {
	const { sandbox } = bench.rig;
	const inner = createLimiter({ requests: 1000, perSeconds: 1, concurrent: 2 });
	let admitted = 0;
	const limiter: Limiter = {
		idle: inner.idle,
		run: (signal, call) => {
			admitted++;
			return inner.run(signal, call);
		},
	};
	const context = bench.open({ limiter });
	await bench.connector.check(context);
	sandbox.faults.add({ match: () => true, fault: { kind: "delay", ms: 10, when: "before" }, times: 1000 });
	await Promise.all(Array.from({ length: 12 }, () => probe(bench, context)));
	for (const { name, creator } of creatorsOf(bench.connector)) {
		const write = await creatorRig(bench, name).sample(20);
		await creator.create(context, { ...write, attempt: 1 });
	}
	expect(sandbox.calls(), "calls that went past the limiter").toBe(admitted);
	expect(sandbox.mostAtOnce()).toBeLessThanOrEqual(2);
}

async function keepsSecrets(bench: Bench): Promise<void> {
	const { rig, connector } = bench;
	const secrets = formOf(connector).flatMap(({ name, secret }) => (secret ? [String(rig.settings[name] ?? "")] : []));
	const context = bench.open();
	await connector.check(context);
	let said = "";
	for (const { name, reader } of readersOf(connector)) {
		await readerRig(bench, name).seed(3);
		const { records } = await readSome(bench, reader, { cursor: null, context });
		said += JSON.stringify(records);
	}
	for (const { name, creator } of creatorsOf(connector)) {
		const write = await creatorRig(bench, name).sample(21);
		said += JSON.stringify(write.value);
		await creator.create(context, { ...write, attempt: 1 });
	}
	const bodies = [{ message: `no ${secrets.join(" ")}` }, { error: { Authorization: secrets.join(" ") } }];
	for (const body of bodies) {
		rig.sandbox.faults.add({ match: dataCall(bench), fault: { kind: "status", status: 400, when: "before", body } });
		await bench.fault(probe(bench, context));
	}
	const personal = rig.personal.filter((text) => said.includes(text));
	if (rig.personal.length > 0) expect(personal.length, "records that hold personal data").toBeGreaterThan(0);
	const kept = JSON.stringify([bench.exchanges, bench.logs, bench.messages]);
	expect(bench.exchanges.length).toBeGreaterThan(0);
	for (const text of [...secrets.filter((secret) => secret.length > 3), ...rig.personal])
		expect(kept).not.toContain(text);
	for (const secret of secrets.filter((text) => text.length > 3))
		expect(kept).not.toContain(Buffer.from(`:${secret}`).toString("base64").replace(/=+$/, "").slice(4));
	expect(kept).not.toMatch(/Bearer [\w-]{8}|Basic [\w+/-]{8}/);
}

async function hooks(bench: Bench): Promise<void> {
	const { verify, hints, event } = said(bench.connector.hooks, "hooks");
	const rig = said(bench.rig.hooks, "hooks");
	expect(await verify(bench.open(), rig.good())).toBe(true);
	expect(await verify(bench.open(), rig.good()), "the same once more").toBe(true);
	expect(await verify(bench.open(), rig.forged())).toBe(false);
	const [first, second] = rig.events();
	const asked = (bodies: unknown[]) =>
		[...new Set(bodies.flatMap((body) => hints(body).map((hint) => JSON.stringify(hint))))].sort();
	expect(asked([first, second]).length).toBeGreaterThan(0);
	expect(asked([second, first, first])).toEqual(asked([first, second]));
	expect(event(first)).toEqual({ id: expect.any(String), at: expect.any(Date) });
	expect(event(first)?.id).not.toBe(event(second)?.id);
	for (const junk of [null, {}, [], "x", 7]) expect([hints(junk), event(junk)]).toEqual([[], null]);
}
