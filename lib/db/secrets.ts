/**
 * Secrets at rest: AES-256-GCM with a data key per account, itself sealed with the master key from the
 * environment. The binding (which row it belongs to) is authenticated with it, so that a sealed value copied to
 * another row does not open.
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { z } from "zod";
import { env } from "@/lib/env";
import type { Transaction } from "./transact";

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** A new data key for an account, sealed, and the id of the master key that sealed it. */
export function createAccountKey(accountId: string): SealedKey {
	return sealKey(accountId, randomBytes(32));
}

export interface SealedKey {
	sealedKey: Buffer;
	keyId: string;
}

/** The same data key, sealed with the present master key. Nothing that was sealed with the data key changes. */
export function resealAccountKey(accountId: string, row: SealedKey): SealedKey {
	return sealKey(accountId, openKey(accountId, row));
}

function sealKey(accountId: string, key: Buffer): SealedKey {
	return { sealedKey: encrypt(masterKey(), `account:${accountId}`, key), keyId: masterKeyId() };
}

/** Seals what belongs to a person, who has no account and so no data key: with the master key itself. */
export function sealForPerson(userId: string, secret: Buffer): SealedForPerson {
	return { sealedSecret: encrypt(masterKey(), `person:${userId}`, secret), keyId: masterKeyId() };
}

export interface SealedForPerson {
	sealedSecret: Uint8Array;
	keyId: string;
}

/** Opens what was sealed for this person. Throws when it was sealed for another, or with an unknown key. */
export function openForPerson(userId: string, row: SealedForPerson): Buffer {
	return decrypt(keyNamed(row.keyId), `person:${userId}`, Buffer.from(row.sealedSecret));
}

/** Seals an object of secrets for one row. */
export async function sealed(
	tx: Transaction,
	accountId: string,
	binding: string,
	secrets: Record<string, string>,
): Promise<Buffer> {
	return encrypt(await dataKey(tx, accountId), `${accountId}/${binding}`, Buffer.from(JSON.stringify(secrets)));
}

/** Opens what was sealed for this row; nothing sealed gives an empty object. Throws when it was sealed for another. */
export async function openSealed(
	tx: Transaction,
	accountId: string,
	binding: string,
	value: Buffer | null,
): Promise<Record<string, string>> {
	if (!value) return {};
	const text = decrypt(await dataKey(tx, accountId), `${accountId}/${binding}`, value).toString("utf8");
	return z.record(z.string(), z.string()).parse(JSON.parse(text));
}

/** Throws when an account or a person's secret was sealed with another master key. Needs a transaction that sees all. */
export async function checkMasterKey(tx: Transaction): Promise<void> {
	const [other] = await tx.sql<{ accounts: number; people: number }>(
		`select (select count(*)::int from "Account" where "keyId" <> all($1)) as "accounts",
		   (select count(*)::int from "Authenticator" where "keyId" <> all($1)) as "people"`,
		[masterKeys().map(idOf)],
	);
	if (!other || other.accounts + other.people === 0) return;
	const people = other.people > 0 ? ` and the second factor of ${other.people} person(s)` : "";
	throw new Error(
		`ENCRYPTION_KEY is not the key that ${other.accounts} account(s)${people} of this database were sealed with. Set the earlier one.`,
	);
}

async function dataKey(tx: Transaction, accountId: string): Promise<Buffer> {
	const [row] = await tx.sql<SealedKey>(`select "sealedKey", "keyId" from "Account" where "id" = $1`, [accountId]);
	if (!row) throw new Error("the account has no key");
	return openKey(accountId, row);
}

function openKey(accountId: string, row: SealedKey): Buffer {
	return decrypt(keyNamed(row.keyId), `account:${accountId}`, row.sealedKey);
}

function keyNamed(keyId: string): Buffer {
	const key = masterKeys().find((known) => idOf(known) === keyId);
	if (!key) throw new Error("ENCRYPTION_KEY is not the key this account was sealed with. Set the earlier one.");
	return key;
}

/** The present key, and the one before it while accounts are moved from that to this. */
function masterKeys(): Buffer[] {
	const old = env().ENCRYPTION_KEY_OLD;
	return [masterKey(), ...(old ? [Buffer.from(old, "base64")] : [])];
}

function masterKey(): Buffer {
	const key = env().ENCRYPTION_KEY;
	if (!key) throw new Error("ENCRYPTION_KEY is missing: make one with: openssl rand -base64 32");
	return Buffer.from(key, "base64");
}

/** Names the present master key without telling it. */
export function masterKeyId(): string {
	return idOf(masterKey());
}

function idOf(key: Buffer): string {
	return createHash("sha256").update("crossdock key id").update(key).digest("hex").slice(0, 12);
}

function encrypt(key: Buffer, binding: string, plain: Buffer): Buffer {
	const nonce = randomBytes(nonceBytes);
	const cipher = createCipheriv("aes-256-gcm", key, nonce);
	cipher.setAAD(Buffer.from(binding));
	const body = Buffer.concat([cipher.update(plain), cipher.final()]);
	return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), body]);
}

function decrypt(key: Buffer, binding: string, value: Buffer): Buffer {
	if (value[0] !== version) throw new Error("the sealed value is of an unknown version");
	const decipher = createDecipheriv("aes-256-gcm", key, value.subarray(1, 1 + nonceBytes));
	decipher.setAAD(Buffer.from(binding));
	decipher.setAuthTag(value.subarray(1 + nonceBytes, 1 + nonceBytes + tagBytes));
	return Buffer.concat([decipher.update(value.subarray(1 + nonceBytes + tagBytes)), decipher.final()]);
}
