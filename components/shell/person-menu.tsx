"use client";
import { ToggleButton, ToggleButtonGroup } from "@heroui/react";
import { Monitor, Moon, Sun } from "lucide-react";
import { signOut } from "next-auth/react";
import { useEffect, useState } from "react";
import { readCookie } from "./cookie";
import { useHub } from "./hub-context";
import { chooseTheme, readTheme, type Theme, themeCookie } from "./theme";

const choices = [
	{ theme: "system", label: "Follow the system", icon: Monitor },
	{ theme: "light", label: "Light", icon: Sun },
	{ theme: "dark", label: "Dark", icon: Moon },
] as const satisfies { theme: Theme; label: string; icon: typeof Sun }[];

/** Who is signed in, light or dark, and the way out. */
export function PersonMenu() {
	const { person } = useHub();
	return (
		<div className="flex flex-col gap-2 border-border border-t pt-3">
			<div className="flex items-center gap-2 px-2">
				<span className="min-w-0 flex-1 truncate text-[12px] text-muted" title={person.email}>
					{person.email}
				</span>
				<ThemeChoice />
			</div>
			<button
				type="button"
				onClick={() => void signOut({ callbackUrl: "/sign-in" })}
				className="flex h-7 cursor-pointer items-center rounded-md px-2 text-[13px] text-muted hover:text-foreground"
			>
				Sign out
			</button>
		</div>
	);
}

function ThemeChoice() {
	const [theme, setTheme] = useState<Theme>("system");
	useEffect(() => setTheme(readTheme(readCookie(themeCookie) ?? undefined)), []);
	return (
		<ToggleButtonGroup
			aria-label="Light or dark"
			size="sm"
			selectionMode="single"
			disallowEmptySelection
			selectedKeys={[theme]}
			onSelectionChange={(keys) => {
				const chosen = readTheme(String([...keys][0]));
				setTheme(chosen);
				chooseTheme(chosen);
			}}
		>
			{choices.map(({ theme: id, label, icon: Icon }) => (
				<ToggleButton key={id} id={id} isIconOnly aria-label={label}>
					<Icon size={13} />
				</ToggleButton>
			))}
		</ToggleButtonGroup>
	);
}
