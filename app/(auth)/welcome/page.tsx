import type { Metadata } from "next";
import { OpenAccountForm } from "@/components/sign-in/open-account-form";
import { requirePerson } from "@/lib/auth/page-scope";

export const metadata: Metadata = { title: "Open an account" };

export default async function WelcomePage() {
	await requirePerson();
	return (
		<>
			<h1 className="mb-1 font-semibold text-[24px] leading-8">Open an account</h1>
			<p className="mb-5 text-muted">You become its owner. You can invite others later.</p>
			<OpenAccountForm />
		</>
	);
}
