/** The press on an invitation's button: signs its addressee in where that is needed, and lets them in. */
import { isSameOrigin, readBody } from "@/lib/api/serve/request-rules";
import { newId } from "@/lib/db/ids";
import { root } from "@/lib/db/root";
import { env } from "@/lib/env";
import { askerOf } from "./asker";
import { networkOf } from "./device";
import { hasFactor } from "./factor/factors";
import { mostBytes, signInByToken } from "./handle-auth";
import { acceptInvitation, invitationUrl, readInvitation } from "./invitations";
import { cookieNamesSet, sessionCookieName } from "./session-cookie";
import { issueToken } from "./sign-in-link";

export async function joinAccount(request: Request): Promise<Response> {
	if (!isSameOrigin(request.headers)) return new Response("From another site", { status: 403 });
	const body = await readBody(request, mostBytes).catch(() => null);
	if (body === null) return new Response("Too large", { status: 413 });
	const token = new URLSearchParams(body).get("token") ?? "";
	const invitation = await readInvitation(token);
	// The page tells why a link does not work.
	if (invitation?.state !== "open") return redirect(invitationUrl(token));
	const asker = await askerOf(request.headers);
	if (asker?.email === invitation.email) {
		await acceptInvitation(token, asker, newId("req"));
		return redirect(`${env().APP_URL}/${invitation.accountId}`);
	}
	const signedIn = await signInByToken(request, {
		email: invitation.email,
		token: await issueToken(invitation.email),
	});
	if (!cookieNamesSet(signedIn.headers).includes(sessionCookieName())) return redirect(invitationUrl(token));
	const person = await root().user.findFirst({
		where: { email: invitation.email },
		select: { id: true, email: true, name: true },
	});
	// Whoever was signed in on this device is not any more.
	if (asker) await root().session.deleteMany({ where: { id: asker.sessionId } });
	if (!person) return signedIn;
	if (await hasFactor(person.id)) {
		// They press again once it is given.
		const next = new URLSearchParams({ next: `/invitation?${new URLSearchParams({ token })}` });
		signedIn.headers.set("location", `${env().APP_URL}/sign-in/second-factor?${next}`);
		return signedIn;
	}
	await acceptInvitation(token, { ...person, network: networkOf(request.headers) }, newId("req"));
	signedIn.headers.set("location", `${env().APP_URL}/${invitation.accountId}`);
	return signedIn;
}

function redirect(href: string): Response {
	return new Response(null, { status: 303, headers: { location: href } });
}
