/** next-auth's edge, with two changes: following a link uses nothing up, and pressing its button does. */

import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { isSameOrigin, readBody } from "@/lib/api/serve/request-rules";
import { env } from "@/lib/env";
import { authOptions } from "./options";
import { limitSignIn } from "./sign-in-limits";

interface RouteContext {
	params: Promise<{ nextauth: string[] }>;
}

export async function handleAuth(request: NextRequest, context: RouteContext): Promise<Response> {
	const { nextauth } = await context.params;
	const isLink = nextauth.join("/") === "callback/email";
	if (isLink && request.method !== "POST") {
		const { search } = request.nextUrl;
		return Response.redirect(`${env().APP_URL}/sign-in/confirm${search}`, 303);
	}
	if (request.method === "POST" && !isSameOrigin(request.headers))
		return new Response("From another site", { status: 403 });
	if (request.method !== "POST") return NextAuth(request, context as never, authOptions());
	const body = await readBody(request, mostBytes).catch(() => null);
	if (body === null) return new Response("Too large", { status: 413 });
	const limited = await limitSignIn(request.headers, nextauth.join("/"), body);
	if (limited) return limited;
	if (!isLink) return NextAuth(withBody(request, body), context as never, authOptions());
	const form = new URLSearchParams(body);
	return signInByToken(request, { email: form.get("email") ?? "", token: form.get("token") ?? "" });
}

/** Forms of sign-in hold an address and a token or two. */
export const mostBytes = 16_384;

/** The same request with its body again, which can be read only once. */
function withBody(request: NextRequest, body: string): NextRequest {
	return new NextRequest(request.url, { method: "POST", headers: request.headers, body });
}

/** Uses a link's token up. next-auth looks for its parts in the address, which never leaves here. */
export function signInByToken(request: Request, link: { email: string; token: string }): Promise<Response> {
	const url = new URL(`${env().APP_URL}/api/auth/callback/email`);
	url.search = new URLSearchParams({ ...link, callbackUrl: `${env().APP_URL}/` }).toString();
	const passed = new NextRequest(url, { method: "POST", headers: request.headers });
	const context = { params: Promise.resolve({ nextauth: ["callback", "email"] }) };
	return NextAuth(passed, context as never, authOptions());
}
