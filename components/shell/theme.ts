import { keepCookie } from "./cookie";

/** The person's choice of light or dark, kept in a cookie so that the server draws the right one at once. */
export const themeCookie = "crossdock-theme";
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export function readTheme(value: string | undefined): Theme {
	return themes.find((theme) => theme === value) ?? "system";
}

/** Shows a theme now and remembers it for a year. Browser only. */
export function chooseTheme(theme: Theme): void {
	const root = document.documentElement;
	if (theme === "system") root.removeAttribute("data-theme");
	else root.dataset.theme = theme;
	keepCookie(themeCookie, theme);
}
