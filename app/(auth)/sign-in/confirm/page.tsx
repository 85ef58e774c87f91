import type { Metadata } from "next";
import { redirect } from "next/navigation";

export const metadata: Metadata = { title: "Sign in", referrer: "no-referrer" };

interface ConfirmProps {
	searchParams: Promise<{ email?: string; token?: string }>;
}

/** A plain form, so that it works before any script; opening the page alone uses nothing up. */
export default async function ConfirmPage({ searchParams }: ConfirmProps) {
	const { email, token } = await searchParams;
	if (!email || !token) redirect("/sign-in?error=Verification");
	return (
		<>
			<h1 className="mb-1 font-semibold text-[24px] leading-8">Sign in</h1>
			<p className="mb-5 text-muted">
				as <span className="font-medium text-foreground">{email}</span>
			</p>
			<form method="post" action="/api/auth/callback/email">
				<input type="hidden" name="email" value={email} />
				<input type="hidden" name="token" value={token} />
				<button type="submit" className="button button--primary w-full">
					Sign in to Crossdock
				</button>
			</form>
		</>
	);
}
