import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { OpenAccountForm } from "@/components/sign-in/open-account-form";
import { askerOf } from "@/lib/auth/asker";

export const metadata: Metadata = { title: "Open an account" };

export default async function WelcomePage() {
	if (!(await askerOf(await headers()))) redirect("/sign-in");
	return (
		<>
			<h1 className="mb-1 font-semibold text-[24px] leading-8">Open an account</h1>
			<p className="mb-5 text-muted">You become its owner. You can invite others later.</p>
			<OpenAccountForm />
		</>
	);
}
