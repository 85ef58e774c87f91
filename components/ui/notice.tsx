import { CircleCheck, Info, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const looks = {
	info: { icon: Info, frame: "border-border bg-surface-secondary", text: "text-muted" },
	done: { icon: CircleCheck, frame: "border-success/40 bg-success-soft", text: "text-success" },
	look: { icon: TriangleAlert, frame: "border-warning/40 bg-warning-soft", text: "text-warning" },
	person: { icon: OctagonAlert, frame: "border-danger/40 bg-danger-soft", text: "text-danger" },
} as const;

interface NoticeProps {
	tone?: keyof typeof looks;
	title?: ReactNode;
	children?: ReactNode;
	/** What to press. */
	action?: ReactNode;
	/** Read out at once when it appears. */
	live?: boolean;
}

/** A message in the page: what happened, and what to press. */
export function Notice({ tone = "info", title, children, action, live }: NoticeProps) {
	const { icon: Icon, frame, text } = looks[tone];
	return (
		<div
			className={`flex flex-wrap items-start gap-x-3 gap-y-2 rounded-[10px] border px-3 py-2.5 ${frame}`}
			{...(live && { role: tone === "person" ? "alert" : "status" })}
		>
			<Icon size={16} aria-hidden className={`mt-0.5 shrink-0 ${text}`} />
			<div className="min-w-0 flex-1 basis-60">
				{title && <p className="font-medium">{title}</p>}
				{children && <div className="text-[13px]">{children}</div>}
			</div>
			{action && <div className="flex shrink-0 gap-2">{action}</div>}
		</div>
	);
}
