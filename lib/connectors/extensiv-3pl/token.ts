import { ConnectorError } from "../kit/fault";
import type { Context, Token } from "../kit/types";
import { tokenAnswer } from "./api";
import type { ExtensivSettings } from "./settings";

type Login = { tpl: string; user_login_id: string } | { user_login: string };

/** The documentation asks for renewal after thirty minutes at the latest, however long the token lives. */
const mostSeconds = 1800;

export async function requestToken(context: Context<ExtensivSettings>, login: Login): Promise<Token> {
	const { clientId, clientSecret } = context.settings;
	const { data } = await context.http.send(
		"POST",
		"/AuthServer/api/Token",
		{ grant_type: "client_credentials", ...login },
		{
			schema: tokenAnswer,
			headers: { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
			authorized: false,
			repeatable: true,
		},
	);
	const seconds = Math.min(data.expires_in, mostSeconds);
	return { value: data.access_token, expiresAt: new Date(context.now().getTime() + seconds * 1000) };
}

export async function authorize(context: Context<ExtensivSettings>): Promise<Record<string, string>> {
	const { tplKey, userLoginId } = context.settings;
	const login = tplKey ? { tpl: tplKey, user_login_id: userLoginId } : { user_login: userLoginId };
	const token = await context.token(() => requestToken(context, login));
	return { Authorization: `Bearer ${token.value}` };
}

/** After a refusal: true when the same credentials work without the TPL key, so that the key is what is wrong. */
export async function worksWithoutTplKey(context: Context<ExtensivSettings>): Promise<boolean> {
	if (!context.settings.tplKey) return false;
	try {
		await requestToken(context, { user_login: context.settings.userLoginId });
		return true;
	} catch (error) {
		if (error instanceof ConnectorError) return false;
		throw error;
	}
}
