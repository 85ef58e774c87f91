import {
	ArrowLeftRight,
	Bell,
	Boxes,
	ChartNoAxesColumn,
	History,
	type LucideIcon,
	Package,
	PackageOpen,
	Plug,
	Settings,
	Split,
	Store,
	Tag,
} from "lucide-react";

/** One menu entry per noun. */
export interface Place {
	path: string;
	label: string;
	icon: LucideIcon;
	/** Only a 3PL has more than one merchant; a brand's rules have no list of merchants to stand below. */
	only?: "fulfillment" | "merchant";
}

export const places: readonly Place[] = [
	{ path: "", label: "Overview", icon: ChartNoAxesColumn },
	{ path: "orders", label: "Orders", icon: Package },
	{ path: "purchase-orders", label: "Purchase orders", icon: PackageOpen },
	{ path: "inventory", label: "Inventory", icon: Boxes },
	{ path: "products", label: "Products", icon: Tag },
	{ path: "connections", label: "Connections", icon: Plug },
	{ path: "mappings", label: "Mappings", icon: ArrowLeftRight },
	{ path: "merchants", label: "Merchants", icon: Store, only: "fulfillment" },
	{ path: "rules", label: "Rules", icon: Split, only: "merchant" },
	{ path: "runs", label: "Runs", icon: History },
	{ path: "alerts", label: "Alerts", icon: Bell },
	{ path: "settings", label: "Settings", icon: Settings },
];

export function placeHref(accountId: string, path: string): string {
	return path === "" ? `/${accountId}` : `/${accountId}/${path}`;
}

/** True when `pathname` is this place or something below it. */
export function isAt(pathname: string, accountId: string, path: string): boolean {
	const href = placeHref(accountId, path);
	return path === "" ? pathname === href : pathname === href || pathname.startsWith(`${href}/`);
}
