import type { Metadata } from "next";
import { headers } from "next/headers";
import { ConnectForm } from "@/components/share/connect-form";
import { Mark } from "@/components/shell/mark";
import { openShareLink } from "@/lib/auth/authorization";
import { isWithin, networkOf } from "@/lib/auth/limits";
import { newId } from "@/lib/db/ids";
import { readShareLink } from "@/lib/services/share-links/read-share-link";

// The address holds the token: it must not travel to other sites, nor into a search engine.
export const metadata: Metadata = { title: "Connect", referrer: "no-referrer", robots: "noindex, nofollow" };
export const dynamic = "force-dynamic";

interface ConnectProps {
	params: Promise<{ token: string }>;
}

/** Where somebody without a login enters the access details of one cart. Opening it uses nothing up. */
export default async function ConnectPage({ params }: ConnectProps) {
	const { token } = await params;
	const from = await headers();
	const allowed = await isWithin("link", networkOf(from));
	const link = allowed ? await openShareLink(token, from, newId("req")) : null;
	const asked = link && (await readShareLink(link));
	return (
		<main className={`mx-auto w-full px-4 py-10 ${asked ? "max-w-5xl" : "max-w-md"}`}>
			<p className="mb-6 flex items-center gap-2 font-semibold text-[18px]">
				<span className="text-accent">
					<Mark size={26} />
				</span>
				Crossdock
			</p>
			{asked ? (
				<>
					<h1 className="mb-1 font-semibold text-[24px] leading-8">Connect {asked.system}</h1>
					<p className="mb-5 max-w-2xl text-muted">
						{asked.account} asks {asked.merchant} for access to {asked.system}, so that orders reach the warehouse and
						tracking comes back. {asked.account} never sees what you enter here.
					</p>
					<ConnectForm token={token} asked={asked} />
				</>
			) : (
				<>
					<h1 className="mb-1 font-semibold text-[24px] leading-8">This link cannot be used</h1>
					<p className="text-muted">
						It was used already, was withdrawn, is older than seven days, or is not complete. Ask whoever sent it for a
						new one. If you just entered access details with it, all is well.
					</p>
				</>
			)}
		</main>
	);
}
