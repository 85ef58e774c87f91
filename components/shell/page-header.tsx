import { ChevronRight } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";

interface PageHeaderProps {
	title: ReactNode;
	/** The way here, outermost first. */
	trail?: { label: string; href: string }[];
	/** State or facts right of the title. */
	beside?: ReactNode;
	/** One primary action at most; others are outlined. */
	actions?: ReactNode;
	children?: ReactNode;
}

export function PageHeader({ title, trail = [], beside, actions, children }: PageHeaderProps) {
	return (
		<div className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
			<div className="min-w-0">
				{trail.length > 0 && (
					<nav aria-label="Breadcrumb" className="mb-1">
						<ol className="flex items-center gap-1 text-[13px] text-muted">
							{trail.map(({ label, href }) => (
								<li key={href} className="flex items-center gap-1">
									<Link href={href} className="hover:text-foreground hover:underline">
										{label}
									</Link>
									<ChevronRight size={12} aria-hidden />
								</li>
							))}
						</ol>
					</nav>
				)}
				<div className="flex flex-wrap items-center gap-x-3 gap-y-1">
					<h1 className="break-words font-semibold text-[24px] leading-8 tracking-[-0.01em]">{title}</h1>
					{beside}
				</div>
				{children && <div className="mt-1 text-[13px] text-muted">{children}</div>}
			</div>
			{actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
		</div>
	);
}
