/** The guard of pages: who looks, and within which account. A stranger is led to the way in, or finds nothing. */
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Asker, askerOf, scopeOf, waitingOf } from "./asker";
import { lacksDemandedFactor } from "./factor/factors";
import { rememberAccount } from "./memberships";

/** The person who is signed in. A stranger is led to the way in, and whoever owes the second factor to its page. */
export async function requirePerson(): Promise<Asker> {
	const sent = await headers();
	const person = await askerOf(sent);
	if (person) return person;
	redirect((await waitingOf(sent)) ? "/sign-in/second-factor" : "/sign-in");
}

export async function requireScope(accountId: string): Promise<{ person: Asker; scope: Scope }> {
	const person = await requirePerson();
	const scope = /^acc_[0-9a-z]+$/.test(accountId) ? await scopeOf(person, accountId, newId("req")) : null;
	if (!scope) notFound();
	if (await lacksDemandedFactor(person.id, accountId)) redirect(`/second-factor?account=${accountId}`);
	await rememberAccount(person, accountId);
	return { person, scope };
}
