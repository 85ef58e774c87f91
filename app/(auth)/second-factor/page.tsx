import type { Metadata } from "next";
import Link from "next/link";
import { SetUpFactor } from "@/components/factor/set-up-factor";
import { demandingAccount } from "@/lib/auth/factor/factors";
import { accountsOf } from "@/lib/auth/memberships";
import { requirePerson } from "@/lib/auth/page-scope";

export const metadata: Metadata = { title: "Your second factor" };

/** Where people are led whose account demands a second factor, and where mails about it lead. */
export default async function OwnFactorPage({ searchParams }: { searchParams: Promise<{ account?: string }> }) {
	const { account: accountId = "" } = await searchParams;
	const person = await requirePerson();
	const account = await demandingAccount(person, accountId);
	const accounts = await accountsOf(person);
	// Back to where they came from would lead here again.
	const onward = accounts.find(({ id }) => (account ? id !== accountId : id === person.lastAccountId)) ?? null;
	return (
		<>
			<h1 className="mb-1 font-semibold text-[24px] leading-8">Your second factor</h1>
			<p className="mb-5 text-muted">
				{account
					? `${account} lets people in with a second factor only. Set one up here; it takes two minutes.`
					: `For ${person.email}, in every account.`}
			</p>
			<SetUpFactor next={account ? `/${accountId}` : "/"} />
			{onward && (
				<p className="mt-6 text-[13px]">
					<Link href={`/${onward.id}`} className="text-accent underline">
						Go to {onward.name}
					</Link>
				</p>
			)}
		</>
	);
}
