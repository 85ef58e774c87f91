"use client";
import Link from "next/link";
import { useHref } from "../shell/hub-context";
import { plural } from "../ui/plural";

interface SourceListProps {
	sources: { id: string; name: string; merchant: string; retentionDays: number | null }[];
	accountDays: number | null;
}

/** The order sources that go by days of their own; the others go by the account's. */
export function SourceList({ sources, accountDays }: SourceListProps) {
	const href = useHref();
	const own = sources.filter(({ retentionDays }) => retentionDays !== null && retentionDays !== accountDays);
	if (sources.length === 0) return null;
	return (
		<div className="mt-4 border-separator border-t pt-3 text-[13px]">
			{own.length === 0 ? (
				<p className="text-muted">
					It holds for every order source. A source's own time is set on its page, below its settings.
				</p>
			) : (
				<>
					<p className="text-muted">These order sources have a time of their own:</p>
					<ul className="mt-1 flex flex-col gap-1">
						{own.map(({ id, name, merchant, retentionDays }) => (
							<li key={id}>
								<Link href={href(`connections/${id}?tab=settings`)} className="text-accent underline">
									{name} of {merchant}
								</Link>
								: {plural(retentionDays ?? 0, "day")}
							</li>
						))}
					</ul>
				</>
			)}
		</div>
	);
}
