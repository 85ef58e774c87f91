"use client";
import { Kbd } from "@heroui/react";
import { Search } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { AccountSwitcher } from "./account-switcher";
import { useHub } from "./hub-context";
import { merchantHref, useChosenMerchant } from "./last-merchant";
import { Mark } from "./mark";
import { PersonMenu } from "./person-menu";
import { isAt, places } from "./places";

interface RailProps {
	/** Alerts that are open now. */
	openAlerts: number;
	onSearch: () => void;
	/** Closes the drawer that holds the rail on small screens. */
	onLeave?: () => void;
}

export function Rail({ openAlerts, onSearch, onLeave = () => {} }: RailProps) {
	const { account } = useHub();
	const pathname = usePathname();
	const { last, choose, shown: shownMerchant } = useChosenMerchant();
	const shown = places.filter((place) => !place.only || place.only === account.kind);
	return (
		<div className="flex h-full flex-col gap-3 p-3">
			<Link
				href={merchantHref(account.id, "", last)}
				className="flex h-8 items-center gap-2 px-2 font-semibold"
				onClick={onLeave}
			>
				<span className="text-accent">
					<Mark size={20} />
				</span>
				Crossdock
			</Link>
			<AccountSwitcher merchantId={shownMerchant} onChoose={choose} />
			<button
				type="button"
				onClick={onSearch}
				className="flex h-8 cursor-pointer items-center gap-2 rounded-md border border-border bg-surface px-2 text-[13px] text-muted hover:bg-surface-secondary focus-visible:outline-2 focus-visible:outline-focus"
			>
				<Search size={14} aria-hidden />
				Find anything
				<Kbd className="ml-auto" aria-hidden>
					Ctrl+K
				</Kbd>
			</button>
			<nav aria-label="Account" className="flex-1 overflow-y-auto">
				<ul className="flex flex-col gap-0.5">
					{shown.map(({ path, label, icon: Icon }) => {
						const current = isAt(pathname, account.id, path);
						return (
							<li key={path}>
								<Link
									href={merchantHref(account.id, path, last)}
									aria-current={current ? "page" : undefined}
									onClick={onLeave}
									className={`flex h-8 items-center gap-2.5 rounded-md px-2 ${
										current
											? "bg-surface-tertiary font-medium"
											: "text-muted hover:bg-surface-secondary hover:text-foreground"
									}`}
								>
									<Icon size={16} aria-hidden className={current ? "text-accent" : ""} />
									{label}
									{path === "alerts" && openAlerts > 0 && <OpenCount count={openAlerts} />}
								</Link>
							</li>
						);
					})}
				</ul>
			</nav>
			<PersonMenu />
		</div>
	);
}

function OpenCount({ count }: { count: number }) {
	return (
		<span className="num ml-auto rounded-full bg-danger px-1.5 text-[11px] text-danger-foreground leading-4">
			{count > 99 ? "99+" : count}
			<span className="sr-only"> open</span>
		</span>
	);
}
