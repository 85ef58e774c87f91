import "next/dist/server/node-environment-baseline";
import { workAsyncStorage } from "next/dist/server/app-render/work-async-storage.external";
import { workUnitAsyncStorage } from "next/dist/server/app-render/work-unit-async-storage.external";
import { createRequestStoreForAPI } from "next/dist/server/async-storage/request-store";
import { NextRequest } from "next/server";
import { handleAuth } from "@/lib/auth/handle-auth";
import { joinAccount } from "@/lib/auth/join";
import { env } from "@/lib/env";

export interface Answer {
	status: number;
	/** Path and query of where it leads, without our own origin. */
	location: string;
	/** Set-Cookie lines as they came. */
	cookies: string[];
	body: string;
}

const prefix = "/api/auth";

/** A browser's way through sign-in: it keeps cookies, and each call runs in the scope that Next gives a request. */
export function createBrowser(from: Record<string, string> = {}) {
	const jar = new Map<string, string>();
	const send = async (method: string, path: string, form?: Record<string, string>): Promise<Answer> => {
		const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
		const request = new NextRequest(new URL(`${prefix}/${path}`, env().APP_URL), {
			method,
			headers: {
				...from,
				...(cookie && { cookie }),
				...(form && { "content-type": "application/x-www-form-urlencoded" }),
			},
			...(form && { body: new URLSearchParams(form).toString() }),
		});
		const nextauth = path.split("?")[0]?.split("/") ?? [];
		const response = await inRequest(request, () => handleAuth(request, { params: Promise.resolve({ nextauth }) }));
		for (const line of response.headers.getSetCookie()) keep(jar, line);
		const location = (response.headers.get("location") ?? "").replace(env().APP_URL, "");
		// As a browser does, it goes on within the sign-in's own addresses; the first status and cookies count.
		const next = location.startsWith(`${prefix}/`) ? await send("GET", location.slice(prefix.length + 1)) : null;
		return {
			status: response.status,
			location: next?.location ?? location,
			cookies: [...response.headers.getSetCookie(), ...(next?.cookies ?? [])],
			body: await response.text(),
		};
	};
	const csrfToken = async () => String(JSON.parse((await send("GET", "csrf")).body).csrfToken);
	return {
		send,
		cookie: () => [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
		askForLink: async (email: string) => send("POST", "signin/email", { email, csrfToken: await csrfToken() }),
		signOut: async () => send("POST", "signout", { csrfToken: await csrfToken() }),
		/** Presses the button of an invitation's page. */
		join: async (token: string): Promise<{ status: number; location: string }> => {
			const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
			const request = new NextRequest(new URL("/invitation/accept", env().APP_URL), {
				method: "POST",
				headers: { ...from, ...(cookie && { cookie }), "content-type": "application/x-www-form-urlencoded" },
				body: new URLSearchParams({ token }).toString(),
			});
			const response = await inRequest(request, () => joinAccount(request));
			for (const line of response.headers.getSetCookie()) keep(jar, line);
			return { status: response.status, location: (response.headers.get("location") ?? "").replace(env().APP_URL, "") };
		},
		/** Presses the button of the page that a link leads to. */
		press: (link: string) => {
			const { email = "", token = "" } = Object.fromEntries(new URL(link).searchParams);
			return send("POST", "callback/email", { email, token });
		},
	};
}

function keep(jar: Map<string, string>, line: string): void {
	const [pair = "", ...attributes] = line.split(";");
	const [name = "", ...value] = pair.split("=");
	const ended = attributes.some((attribute) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(attribute));
	if (ended || value.join("=") === "") jar.delete(name);
	else jar.set(name, value.join("="));
}

/** What a route handler is run in by Next's server: `headers()` and `cookies()` read from it. */
function inRequest<T>(request: NextRequest, work: () => Promise<T>): Promise<T> {
	const store = createRequestStoreForAPI(request, request.nextUrl, {} as never, undefined, {} as never, undefined);
	return workAsyncStorage.run({ route: "/api/auth/[...nextauth]" } as never, () =>
		workUnitAsyncStorage.run(store, work),
	);
}
