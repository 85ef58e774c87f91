"use client";
import { Modal, SearchField, type UseOverlayStateReturn } from "@heroui/react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useDeferredValue, useState } from "react";
import { Autocomplete, Menu, MenuItem } from "react-aria-components";
import { useHub } from "./hub-context";
import { placeHref, places } from "./places";

/** Something the palette found, and where it lives. */
export interface Hit {
	id: string;
	title: string;
	/** What kind of thing it is, and what tells it from others of the same name. */
	detail: string;
	href: string;
}

interface PaletteProps {
	state: UseOverlayStateReturn;
	/** Asks the account for orders by any number, SKUs, tracking codes and connections. */
	find: (query: string) => Promise<Hit[]>;
}

export function CommandPalette({ state, find }: PaletteProps) {
	return (
		<Modal.Backdrop isOpen={state.isOpen} onOpenChange={state.setOpen}>
			<Modal.Container placement="top" size="lg">
				<Modal.Dialog aria-label="Find anything" className="p-2">
					<Finder find={find} close={() => state.close()} />
				</Modal.Dialog>
			</Modal.Container>
		</Modal.Backdrop>
	);
}

function Finder({ find, close }: { find: PaletteProps["find"]; close: () => void }) {
	const router = useRouter();
	const [text, setText] = useState("");
	const query = useDeferredValue(text.trim());
	const found = useQuery({
		queryKey: ["palette", query],
		queryFn: () => find(query),
		enabled: query.length > 1,
		placeholderData: (before) => before,
	});
	const hits = [...usePages(query), ...(query.length > 1 ? (found.data ?? []) : [])];
	return (
		<Autocomplete inputValue={text} onInputChange={setText}>
			<SearchField aria-label="Order number, SKU, tracking code, connection or page" autoFocus fullWidth>
				<SearchField.Group>
					<SearchField.SearchIcon />
					<SearchField.Input placeholder="Order number, SKU, tracking code, connection or page" />
					<SearchField.ClearButton />
				</SearchField.Group>
			</SearchField>
			<Menu
				aria-label="Found"
				className="mt-2 max-h-80 overflow-auto outline-none"
				items={hits}
				onAction={(key) => {
					const hit = hits.find(({ id }) => id === key);
					if (!hit) return;
					close();
					router.push(hit.href);
				}}
				renderEmptyState={() => (
					<p className="px-2 py-6 text-center text-[13px] text-muted">
						{found.isFetching
							? "Looking …"
							: found.isError
								? "The search did not answer. Try again."
								: `Nothing is called "${query}" here.`}
					</p>
				)}
			>
				{(hit) => (
					<MenuItem
						id={hit.id}
						textValue={hit.title}
						className="flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-2 py-1 outline-none data-focused:bg-surface-tertiary"
					>
						<span className="truncate font-medium">{hit.title}</span>
						<span className="ml-auto truncate text-[13px] text-muted">{hit.detail}</span>
					</MenuItem>
				)}
			</Menu>
		</Autocomplete>
	);
}

/** The pages of the account whose name holds the words typed. */
function usePages(query: string): Hit[] {
	const { account } = useHub();
	return places
		.filter(({ label, only }) => (!only || only === account.kind) && label.toLowerCase().includes(query.toLowerCase()))
		.map(({ path, label }) => ({
			id: `page:${path}`,
			title: label,
			detail: "Page",
			href: placeHref(account.id, path),
		}));
}
