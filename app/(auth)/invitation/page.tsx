import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { roleWords } from "@/components/sign-in/role-words";
import { Notice } from "@/components/ui/notice";
import { askerOf } from "@/lib/auth/asker";
import { type InvitationView, readInvitation } from "@/lib/auth/invitations";
import { isRole } from "@/lib/auth/roles";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

interface InvitationProps {
	searchParams: Promise<{ token?: string }>;
}

/** A plain form, so that it works before any script; opening the page alone uses nothing up. */
export default async function InvitationPage({ searchParams }: InvitationProps) {
	const { token = "" } = await searchParams;
	const invitation = token ? await readInvitation(token) : null;
	const person = await askerOf(await headers());
	if (invitation?.state !== "open") return <Over invitation={invitation} signedIn={person !== null} />;
	const { account, merchant, email, role } = invitation;
	return (
		<>
			<h1 className="mb-1 break-words font-semibold text-[24px] leading-8">Join {account}</h1>
			<p className="mb-4 text-muted">
				as <span className="break-all font-medium text-foreground">{email}</span>
			</p>
			<p className="mb-5">
				{isRole(role) ? roleWords[role] : role} {merchant ? `For ${merchant} only.` : ""}
			</p>
			{person && person.email !== email && (
				<div className="mb-4">
					<Notice tone="look">
						You are signed in as {person.email} here. Joining signs you in as {email} instead.
					</Notice>
				</div>
			)}
			<form method="post" action="/invitation/accept">
				<input type="hidden" name="token" value={token} />
				<button type="submit" className="button button--primary w-full">
					Join {account}
				</button>
			</form>
		</>
	);
}

const reasons: Record<Exclude<InvitationView["state"], "open"> | "unknown", string> = {
	expired: "It is older than 7 days. Ask whoever invited you to send it again.",
	withdrawn: "It was withdrawn. Ask whoever invited you whether they meant to.",
	accepted: "It was used already. Sign in to see the account.",
	unknown: "A newer one may have taken its place: look for the latest mail, or ask for another.",
};

function Over({ invitation, signedIn }: { invitation: InvitationView | null; signedIn: boolean }) {
	const state = invitation && invitation.state !== "open" ? invitation.state : "unknown";
	return (
		<>
			<h1 className="mb-1 font-semibold text-[24px] leading-8">This invitation no longer works</h1>
			<p className="mb-5 text-muted">{reasons[state]}</p>
			<Link href={signedIn ? "/" : "/sign-in"} className="text-accent underline">
				{signedIn ? "Go to your account" : "Sign in"}
			</Link>
		</>
	);
}
