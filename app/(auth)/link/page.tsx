import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { AcceptLink } from "@/components/account-link/accept-link";
import { readLinkInvitation } from "@/lib/auth/account-links";
import { askerOf } from "@/lib/auth/asker";
import { accountsOf } from "@/lib/auth/memberships";

export const metadata: Metadata = { title: "Link accounts", referrer: "no-referrer" };

interface LinkPageProps {
	searchParams: Promise<{ token?: string }>;
}

/** What a link between two accounts means, and the press that makes it. */
export default async function LinkPage({ searchParams }: LinkPageProps) {
	const { token = "" } = await searchParams;
	const invitation = token ? await readLinkInvitation(token) : null;
	if (!invitation)
		return (
			<Words title="This invitation no longer works">
				<p>It was used or withdrawn, or is older than 7 days. Ask whoever sent it for another.</p>
			</Words>
		);
	const { account, wanted } = invitation;
	const person = await askerOf(await headers());
	const own = person ? (await accountsOf(person)).filter((one) => one.kind === wanted && mayAccept(one)) : [];
	const isBrand = wanted === "merchant";
	return (
		<Words title={`Link your account with ${account}`}>
			<p>
				{isBrand
					? `The staff of ${account} will see your orders, shipments and stock, resend and hold orders, and set up the warehouse. They change nothing of your carts, your people or your account.`
					: `Your staff will see the orders, shipments and stock of ${account}, and set up the warehouse there. Its carts and people stay its own.`}
			</p>
			<p className="text-muted">Either side can end the link at any time; each then keeps what is its own.</p>
			{own.length > 0 ? (
				<AcceptLink token={token} accounts={own.map(({ id, name }) => ({ id, name }))} />
			) : person ? (
				<p>
					You are signed in as {person.email}, who is owner or admin of no {isBrand ? "brand's" : "warehouse's"}{" "}
					account.{" "}
					<Link href="/welcome" className="text-accent underline">
						Open one
					</Link>{" "}
					and come back to this link, or pass it on to somebody who may accept it.
				</p>
			) : (
				<p>
					<Link href="/sign-in" className="text-accent underline">
						Sign in
					</Link>{" "}
					first, then open this link again.
				</p>
			)}
		</Words>
	);
}

function mayAccept({ role, linked }: { role: string; linked: boolean }): boolean {
	return !linked && (role === "owner" || role === "admin");
}

function Words({ title, children }: { title: string; children: React.ReactNode }) {
	return (
		<>
			<h1 className="mb-3 break-words font-semibold text-[24px] leading-8">{title}</h1>
			<div className="flex flex-col gap-4">{children}</div>
		</>
	);
}
