import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import type { CheckAnswer, Token } from "../kit/types";
import { type DeposcoContext, refusal } from "./calls";
import type { DeposcoSettings } from "./settings";
import { integration, stockPage } from "./stock";

const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().default(3600) });

/** Basic for the integration API; for version 2 a token of about an hour. */
export async function authorize(context: DeposcoContext): Promise<Record<string, string>> {
	if (context.settings.generation === "legacy") return integration(context).headers;
	const token = await context.token(() => requestToken(context));
	return { Authorization: `Bearer ${token.value}` };
}

async function requestToken(context: DeposcoContext): Promise<Token> {
	const { clientId, clientSecret, refreshToken, environment, company, scope, signInUrl } = context.settings;
	const form = refreshToken
		? { grant_type: "refresh_token", refresh_token: refreshToken, client_id: clientId, client_secret: clientSecret }
		: { grant_type: "client_credentials", scope, env: environment, company };
	const { data } = await context.http.send("POST", signInUrl, new URLSearchParams(form).toString(), {
		schema: tokenAnswer,
		headers: {
			"content-type": "application/x-www-form-urlencoded",
			...(!refreshToken && { Authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` }),
		},
		authorized: false,
		repeatable: true,
		fault: signInFault,
	});
	return { value: data.access_token, expiresAt: new Date(context.now().getTime() + data.expires_in * 1000) };
}

function signInFault({ status, body, exchangeId }: { status: number; body: unknown; exchangeId: string }) {
	const error = z.object({ error: z.string() }).safeParse(body).data?.error;
	if (status !== 400 || (error !== "invalid_grant" && error !== "invalid_client")) return undefined;
	const reason = error === "invalid_grant" ? "revoked" : "invalid";
	const message = "The warehouse does not accept the sign-in. Enter the client secret and the refresh token again.";
	return new ConnectorError({ kind: "auth", reason }, message, { exchangeId });
}

/** One order list and one page of stock, with a sign-in before them: three calls at most. */
export async function check(context: DeposcoContext): Promise<CheckAnswer<DeposcoSettings>> {
	const { generation, clientSecret, refreshToken, businessUnit, password, integrationUrl } = context.settings;
	const unused = generation === "legacy" && (clientSecret ? "clientSecret" : refreshToken && "refreshToken");
	if (unused) {
		const fix = "It belongs to version 2. Choose that under API generation, or leave it empty.";
		return { ok: false, field: unused, fix };
	}
	try {
		if (generation === "latest")
			await context.http.get("/orders/salesOrders", {
				schema: z.object({ data: z.array(z.unknown()) }),
				query: { businessUnit, pageSize: 1 },
				fault: refusal,
			});
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		return diagnose(error, refreshToken !== "");
	}
	try {
		if (integrationUrl !== "" && password !== "") await stockPage(context, 1);
		return { ok: true, as: `business unit ${businessUnit}` };
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		if (error.fault.kind === "auth")
			return { ok: false, field: "password", fix: "The warehouse refused the integration user. Enter both again." };
		return { ok: false, field: "integrationUrl", fix: error.message };
	}
}

function diagnose({ fault, message }: ConnectorError, hasRefresh: boolean): CheckAnswer<DeposcoSettings> {
	if (fault.kind !== "auth") return { ok: false, field: "apiUrl", fix: message };
	if (fault.reason === "forbidden")
		return { ok: false, fix: "The access lacks a right. Ask the warehouse for the scopes of orders and shipments." };
	const field = hasRefresh && fault.reason === "revoked" ? "refreshToken" : "clientSecret";
	return { ok: false, field, fix: "The warehouse refused the sign-in. Copy this value again, or ask for a new one." };
}
