import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { redirect } from "next/navigation";
import { SignInFactor } from "@/components/factor/sign-in-factor";
import { askerOf, waitingOf } from "@/lib/auth/asker";
import { waysOf } from "@/lib/auth/factor/factors";
import { ownPath } from "@/lib/auth/own-path";

export const metadata: Metadata = { title: "Second factor", referrer: "no-referrer" };

export default async function SecondFactorPage({ searchParams }: { searchParams: Promise<{ next?: string }> }) {
	const next = ownPath((await searchParams).next);
	const sent = await headers();
	if (await askerOf(sent)) redirect(next);
	const person = await waitingOf(sent);
	if (!person) redirect("/sign-in");
	return (
		<>
			<h1 className="mb-1 font-semibold text-[24px] leading-8">One more step</h1>
			<p className="mb-5 text-muted">
				Confirm that you are <span className="break-all font-medium text-foreground">{person.email}</span>.
			</p>
			<SignInFactor ways={await waysOf(person.id)} next={next} />
			<p className="mt-6 text-[13px] text-muted">
				Phone, passkey and recovery codes all lost? Only whoever runs this Crossdock can help: ask them to reset your
				second factor.{" "}
				<Link href="/sign-in" className="text-accent underline">
					Use another address
				</Link>
			</p>
		</>
	);
}
