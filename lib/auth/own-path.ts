import { env } from "@/lib/env";

/** An address to go on to, if it is one of ours; else the start page. */
export function ownPath(given: string | undefined): string {
	const { origin } = new URL(env().APP_URL);
	if (!given || !URL.canParse(given, origin)) return "/";
	const url = new URL(given, origin);
	return url.origin === origin ? `${url.pathname}${url.search}` : "/";
}
