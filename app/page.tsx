import { redirect } from "next/navigation";
import { accountsOf } from "@/lib/auth/memberships";
import { requirePerson } from "@/lib/auth/page-scope";

export const dynamic = "force-dynamic";

/** Leads to where a person was last: their account, or the first one to open, or the way in. */
export default async function Home() {
	const person = await requirePerson();
	const accounts = await accountsOf(person);
	const account = accounts.find(({ id }) => id === person.lastAccountId) ?? accounts[0];
	redirect(account ? `/${account.id}` : "/welcome");
}
