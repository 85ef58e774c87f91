/** next-auth's edge, with two changes: following a link uses nothing up, and pressing its button does. */

import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { isSameOrigin } from "@/lib/api/serve/request-rules";
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
	const limited = await limitSignIn(request, nextauth.join("/"));
	if (limited) return limited;
	const passed = isLink ? await withLink(request) : request;
	return NextAuth(passed, context as never, authOptions());
}

/** The press sends the link's parts in its body; next-auth looks for them in the address, which never leaves here. */
async function withLink(request: NextRequest): Promise<NextRequest> {
	const form = new URLSearchParams(await request.text());
	const url = new URL(request.url);
	url.search = new URLSearchParams({
		email: form.get("email") ?? "",
		token: form.get("token") ?? "",
		callbackUrl: `${env().APP_URL}/`,
	}).toString();
	return new NextRequest(url, { method: "POST", headers: request.headers });
}
