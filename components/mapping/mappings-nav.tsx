"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useHref } from "../shell/hub-context";

/** One line per kind of mapping. */
const pages: { path: string; label: string }[] = [
	{ path: "mappings/ship-methods", label: "Ship methods" },
	{ path: "mappings/carriers", label: "Carriers" },
	{ path: "mappings/items", label: "SKU mappings" },
	{ path: "mappings/aliases", label: "Aliases" },
	{ path: "mappings/kits", label: "Kits" },
	{ path: "mappings/sku-health", label: "SKU health" },
];

/** The kinds of mappings, between the names of the carts, ours, and those of the warehouses. */
export function MappingsNav() {
	const href = useHref();
	const pathname = usePathname();
	return (
		<nav aria-label="Mappings" className="mb-5 overflow-x-auto border-border border-b">
			<ul className="flex gap-5">
				{pages.map(({ path, label }) => {
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
