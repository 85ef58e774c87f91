import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/sign-in/sign-in-form";
import { Notice } from "@/components/ui/notice";
import { askerOf } from "@/lib/auth/asker";

export const metadata: Metadata = { title: "Sign in" };

const reasons: Record<string, string> = {
	Verification:
		"This link was used already, is older than 15 minutes, or a newer one took its place. Ask for a new one.",
	TooMany: "Too many links were asked for from here. Try again in an hour.",
	EmailSignin: "The mail could not be sent. Check the address, or try again in a minute.",
};

export default async function SignInPage({ searchParams }: { searchParams: Promise<{ error?: string }> }) {
	if (await askerOf(await headers())) redirect("/");
	const { error } = await searchParams;
	return (
		<>
			<h1 className="mb-1 font-semibold text-[24px] leading-8">Sign in</h1>
			<p className="mb-5 text-muted">We mail you a link. There is no password to remember.</p>
			{error && (
				<div className="mb-4">
					<Notice tone="look" title="That did not work">
						{reasons[error] ?? "Ask for a new link."}
					</Notice>
				</div>
			)}
			<SignInForm />
		</>
	);
}
