import Link from "next/link";
import type { ReactNode } from "react";

/** A link that looks like a button: it leads somewhere, so it is one. */
export function LinkButton({
	href,
	variant = "primary",
	children,
}: {
	href: string;
	variant?: "primary" | "outline";
	children: ReactNode;
}) {
	return (
		<Link href={href} className={`button button--${variant}`}>
			{children}
		</Link>
	);
}
