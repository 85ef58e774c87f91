import { refusal } from "@/lib/api/serve/problems";
import { newId } from "@/lib/db/ids";
import { env } from "@/lib/env";
import { mustBeWithin, networkOf } from "./limits";

/**
 * Links are asked for, and pressed, only so often: the refusal when it was too often, else null. It is the same for
 * addresses that nobody knows. `action` is the part of the address that next-auth reads, `body` its form.
 */
export async function limitSignIn(headers: Headers, action: string, body: string): Promise<Response | null> {
	const network = networkOf(headers);
	try {
		if (action === "callback/email") await mustBeWithin("signInPress", network);
		if (action === "signin/email") {
			await mustBeWithin("signInNetwork", network);
			await mustBeWithin("signInAddress", addressIn(body));
		}
		return null;
	} catch (error) {
		const answer = refusal(error, { requestId: newId("req") });
		// next-auth's own client looks for what went wrong in an address.
		const problem = { ...(await answer.json()), url: `${env().APP_URL}/sign-in?error=TooMany` };
		return Response.json(problem, { status: answer.status, headers: answer.headers });
	}
}

function addressIn(body: string): string {
	return (new URLSearchParams(body).get("email") ?? "").normalize("NFKC").trim().toLowerCase();
}
