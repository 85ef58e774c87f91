"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import type { Permission } from "@/lib/db/scope";
import { useHref, useHub } from "./hub-context";

const pages: { path: string; label: string; permission?: Permission }[] = [
	{ path: "settings", label: "Account" },
	{ path: "settings/people", label: "People", permission: "people:read" },
	{ path: "settings/links", label: "Linked accounts", permission: "account:write" },
	{ path: "settings/api-keys", label: "API keys", permission: "account:write" },
	{ path: "settings/privacy", label: "Privacy", permission: "privacy:write" },
	{ path: "settings/audit", label: "Audit log", permission: "audit:read" },
	{ path: "settings/notifications", label: "Notifications", permission: "alerts:read" },
	{ path: "settings/you", label: "You" },
];

/** The pages of the settings; those that a role may not see are not named. */
export function SettingsNav() {
	const { may } = useHub();
	const href = useHref();
	const pathname = usePathname();
	const shown = pages.filter(({ permission }) => !permission || may.includes(permission));
	const nav = useRef<HTMLElement>(null);
	// A narrow screen shows some of the pages at a time: the present one is among them.
	// biome-ignore lint/correctness/useExhaustiveDependencies: it moves with the page
	useEffect(() => {
		const [row, current] = [nav.current, nav.current?.querySelector<HTMLElement>("[aria-current]")];
		if (row && current)
			row.scrollLeft = current.offsetLeft - row.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
	}, [pathname]);
	return (
		<nav ref={nav} aria-label="Settings" className="mb-5 overflow-x-auto border-border border-b">
			<ul className="flex gap-5">
				{shown.map(({ path, label }) => {
					const current = pathname === href(path);
					return (
						<li key={path}>
							<Link
								href={href(path)}
								aria-current={current ? "page" : undefined}
								className={`-mb-px block whitespace-nowrap border-b-2 pb-2 ${
									current ? "border-accent font-medium" : "border-transparent text-muted hover:text-foreground"
								}`}
							>
								{label}
							</Link>
						</li>
					);
				})}
			</ul>
		</nav>
	);
}
