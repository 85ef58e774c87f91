import type { ReactNode } from "react";

interface SectionProps {
	title: string;
	/** What the section is about, in one sentence. */
	about?: ReactNode;
	actions?: ReactNode;
	/** Without a frame where the content has its own. */
	bare?: boolean;
	children: ReactNode;
}

/** One part of a page with its heading. */
export function Section({ title, about, actions, bare, children }: SectionProps) {
	return (
		<section className="mb-6" aria-label={title}>
			<div className="mb-2 flex flex-wrap items-end justify-between gap-x-4 gap-y-1">
				<div>
					<h2 className="font-semibold text-[15px]">{title}</h2>
					{about && <p className="text-[13px] text-muted">{about}</p>}
				</div>
				{actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
			</div>
			{bare ? children : <div className="card-frame p-4">{children}</div>}
		</section>
	);
}

/** Facts as pairs of word and value. */
export function Facts({ facts }: { facts: { label: string; value: ReactNode }[] }) {
	return (
		<dl className="grid grid-cols-[minmax(96px,auto)_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-[13px]">
			{facts.map(({ label, value }) => (
				<div key={label} className="contents">
					<dt className="text-muted">{label}</dt>
					<dd className="min-w-0 break-words">{value}</dd>
				</div>
			))}
		</dl>
	);
}
