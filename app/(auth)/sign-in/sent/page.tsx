import type { Metadata } from "next";
import Link from "next/link";

export const metadata: Metadata = { title: "Check your mail" };

export default function SentPage() {
	return (
		<>
			<h1 className="mb-1 font-semibold text-[24px] leading-8">Check your mail</h1>
			<p className="mb-5 text-muted">
				If the address is right, a link is on its way. It works once, within 15 minutes; a newer link replaces an older
				one.
			</p>
			<Link href="/sign-in" className="text-accent underline">
				Use another address
			</Link>
		</>
	);
}
