import Link from "next/link";

export default function NotFound() {
	return (
		<main className="mx-auto max-w-sm px-4 py-24">
			<h1 className="mb-1 font-semibold text-[24px] leading-8">There is no such page</h1>
			<p className="mb-5 text-muted">It does not exist, or it belongs to somebody else.</p>
			<Link href="/" className="text-accent underline">
				Go to your account
			</Link>
		</main>
	);
}
