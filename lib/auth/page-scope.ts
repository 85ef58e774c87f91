/** The guard of pages: who looks, and within which account. A stranger is led to the way in, or finds nothing. */
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { askerOf, type Person, scopeOf } from "./asker";
import { rememberAccount } from "./memberships";

export async function requireScope(accountId: string): Promise<{ person: Person; scope: Scope }> {
	const person = await askerOf(await headers());
	if (!person) redirect("/sign-in");
	const scope = /^acc_[0-9a-z]+$/.test(accountId) ? await scopeOf(person, accountId, newId("req")) : null;
	if (!scope) notFound();
	await rememberAccount(person, accountId);
	return { person, scope };
}
