"use client";
import { Button, Drawer, useOverlayState } from "@heroui/react";
import { Menu } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { CommandPalette, type Hit } from "./command-palette";
import { Mark } from "./mark";
import { Rail } from "./rail";

interface HubFrameProps {
	openAlerts: number;
	find: (query: string) => Promise<Hit[]>;
	children: ReactNode;
}

/** The rail at the left, a drawer on small screens, and the palette over both. */
export function HubFrame({ openAlerts, find, children }: HubFrameProps) {
	const palette = useOverlayState();
	const drawer = useOverlayState();
	const { toggle } = palette;
	useEffect(() => {
		const onKey = (event: KeyboardEvent) => {
			if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
			event.preventDefault();
			toggle();
		};
		window.addEventListener("keydown", onKey);
		return () => window.removeEventListener("keydown", onKey);
	}, [toggle]);

	return (
		<div className="lg:grid lg:grid-cols-[232px_minmax(0,1fr)] print:block">
			<a
				href="#content"
				className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-50 focus:rounded-md focus:bg-surface focus:px-3 focus:py-1"
			>
				Skip to the page
			</a>
			<aside className="sticky top-0 hidden h-dvh border-border border-r lg:block print:hidden">
				<Rail openAlerts={openAlerts} onSearch={palette.open} />
			</aside>
			<header className="sticky top-0 z-20 flex h-12 items-center gap-2 border-border border-b bg-background px-2 lg:hidden print:hidden">
				<Button isIconOnly variant="ghost" aria-label="Open the menu" onPress={drawer.open}>
					<Menu size={18} />
				</Button>
				<span className="flex items-center gap-2 font-semibold">
					<span className="text-accent">
						<Mark />
					</span>
					Crossdock
				</span>
			</header>
			<Drawer.Backdrop isOpen={drawer.isOpen} onOpenChange={drawer.setOpen}>
				<Drawer.Content placement="left">
					<Drawer.Dialog aria-label="Menu" className="w-72 p-0">
						<Rail
							openAlerts={openAlerts}
							onLeave={drawer.close}
							onSearch={() => {
								drawer.close();
								palette.open();
							}}
						/>
					</Drawer.Dialog>
				</Drawer.Content>
			</Drawer.Backdrop>
			<main id="content" className="mx-auto w-full max-w-[1360px] px-4 py-5 lg:px-8">
				{children}
			</main>
			<CommandPalette state={palette} find={find} />
		</div>
	);
}
