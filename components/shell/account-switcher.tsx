"use client";
import { Dropdown } from "@heroui/react";
import { ChevronsUpDown } from "lucide-react";
import { usePathname, useRouter } from "next/navigation";
import { useHub } from "./hub-context";
import { lastMerchant, merchantHref } from "./last-merchant";

interface AccountSwitcherProps {
	/** The merchant shown; null for all. */
	merchantId: string | null;
	onChoose: (merchantId: string | null) => void;
}

/** Which account is shown and, for a 3PL, which of its merchants; each account remembers its own. */
export function AccountSwitcher({ merchantId, onChoose }: AccountSwitcherProps) {
	const { account, accounts, merchants } = useHub();
	const router = useRouter();
	const pathname = usePathname();
	const merchant = merchants.find(({ id }) => id === merchantId);

	const choose = (key: string) => {
		if (accounts.some(({ id }) => id === key)) return router.push(merchantHref(key, "", lastMerchant(key)));
		const chosen = key === everyMerchant ? null : key;
		onChoose(chosen);
		router.push(merchantHref(account.id, pathname.split("/")[2] ?? "", chosen));
	};

	return (
		<Dropdown>
			<Dropdown.Trigger className="flex min-h-11 w-full items-center gap-2 rounded-md border border-border bg-surface px-2 py-1 text-left hover:bg-surface-secondary">
				<span className="min-w-0 flex-1">
					<span className="block truncate font-medium">{account.name}</span>
					<span className="block truncate text-[12px] text-muted leading-4">
						{merchant?.name ?? (account.kind === "fulfillment" ? "All merchants" : "Merchant account")}
					</span>
				</span>
				<ChevronsUpDown size={14} aria-hidden className="text-muted" />
				<span className="sr-only">Change account or merchant</span>
			</Dropdown.Trigger>
			<Dropdown.Popover className="min-w-56">
				<Dropdown.Menu aria-label="Account and merchant" onAction={(key) => choose(String(key))}>
					{account.kind === "fulfillment" && (
						<Dropdown.Section>
							<Dropdown.Item id={everyMerchant}>All merchants</Dropdown.Item>
							{merchants.map(({ id, name }) => (
								<Dropdown.Item key={id} id={id}>
									{name}
								</Dropdown.Item>
							))}
						</Dropdown.Section>
					)}
					{accounts.length > 1 && (
						<Dropdown.Section>
							{accounts
								.filter(({ id }) => id !== account.id)
								.map(({ id, name }) => (
									<Dropdown.Item key={id} id={id}>
										Go to {name}
									</Dropdown.Item>
								))}
						</Dropdown.Section>
					)}
				</Dropdown.Menu>
			</Dropdown.Popover>
		</Dropdown>
	);
}

const everyMerchant = "every-merchant";
