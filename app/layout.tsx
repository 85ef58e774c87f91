import "./globals.css";
import type { Metadata, Viewport } from "next";
import { cookies, headers } from "next/headers";
import type { ReactNode } from "react";
import { Providers } from "@/components/shell/providers";
import { readTheme, themeCookie } from "@/components/shell/theme";

export const metadata: Metadata = {
	title: { default: "Crossdock", template: "%s · Crossdock" },
	description: "Orders out to the warehouse, tracking and stock back.",
};
export const viewport: Viewport = { width: "device-width", initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
	const theme = readTheme((await cookies()).get(themeCookie)?.value);
	// Our components add a style element in the browser, and look here for what the page's policy asks of it.
	const nonce = /'nonce-([^']+)'/.exec((await headers()).get("content-security-policy") ?? "")?.[1];
	return (
		<html lang="en" {...(theme !== "system" && { "data-theme": theme })} suppressHydrationWarning>
			<head>{nonce && <meta name="csp-nonce" nonce={nonce} suppressHydrationWarning />}</head>
			<body>
				<Providers>{children}</Providers>
			</body>
		</html>
	);
}
