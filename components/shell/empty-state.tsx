import { CircleSlash2, Hourglass, Lock, type LucideIcon, Sparkles } from "lucide-react";
import type { ReactNode } from "react";

/** Four kinds: never used, nothing yet, nothing for this filter, not allowed. */
const kinds = {
	first: Sparkles,
	nothing: Hourglass,
	filtered: CircleSlash2,
	forbidden: Lock,
} as const satisfies Record<string, LucideIcon>;

interface EmptyStateProps {
	kind: keyof typeof kinds;
	title: string;
	/** What this is, or what will fill it and when. */
	children?: ReactNode;
	/** The one button that leads on. */
	action?: ReactNode;
}

export function EmptyState({ kind, title, children, action }: EmptyStateProps) {
	const Icon = kinds[kind];
	return (
		<div className="flex flex-col items-center gap-2 px-4 py-12 text-center">
			<Icon size={20} aria-hidden className="text-muted" />
			<p className="font-medium">{title}</p>
			{children && <p className="max-w-md text-[13px] text-muted">{children}</p>}
			{action && <div className="mt-2">{action}</div>}
		</div>
	);
}
