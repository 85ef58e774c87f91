/** The token endpoint and the roles a credential carries. */
import { randomBytes } from "node:crypto";
import type { Hono } from "hono";
import type { SandboxEnv } from "../../kit/sandbox-server";

export const credentials = {
	clientId: "sandbox-client",
	clientSecret: "sandbox-secret-value",
	tplKey: "{12345678-1234-1234-1234-1234567890ab}",
	userLoginId: "77",
};

/** What a credential may do; the two areas stand for all roles that belong to them. */
export type Role =
	| "OrderView"
	| "OrderEdit"
	| "OrderWrite"
	| "InventoryRead"
	| "ReceiverEdit"
	| "ItemView"
	| "ItemEdit"
	| "CustomerView"
	| "FacilityView"
	| Area;
type Area = "orders" | "inventory";

export interface Tokens {
	expire(): void;
	given(): number;
}

/** Adds the token endpoint, and in front of all other paths the check of token and role. */
export function accessRoutes(
	app: Hono<SandboxEnv>,
	options: { now: () => Date; tokenSeconds: number; revoked: Set<Role> },
): Tokens {
	const tokens = new Map<string, number>();
	let given = 0;
	app.post("/AuthServer/api/Token", async (context) => {
		const body: unknown = await context.req.json().catch(() => null);
		if (!mayHaveToken(context.req.header("authorization"), body)) return context.json({ error: "invalid_client" }, 401);
		const token = randomBytes(24).toString("base64url");
		tokens.set(token, options.now().getTime() + options.tokenSeconds * 1000);
		given++;
		const answer = { access_token: token, token_type: "Bearer", expires_in: options.tokenSeconds };
		return context.json({ ...answer, refresh_token: null, scope: null });
	});
	app.use(async (context, next) => {
		const token = context.req.header("authorization")?.replace(/^Bearer /, "") ?? "";
		if ((tokens.get(token) ?? 0) <= options.now().getTime()) return context.text("Unauthorized", 401);
		const role = roleFor(context.req.method, context.req.path);
		const area: Area = context.req.path.startsWith("/orders") ? "orders" : "inventory";
		if (role && (options.revoked.has(role) || options.revoked.has(area)))
			return context.json({ Message: `The role ${role} is missing`, $type: "AuthorizationException" }, 403);
		return next();
	});
	return { expire: () => tokens.clear(), given: () => given };
}

function roleFor(method: string, path: string): Role | undefined {
	if (path.startsWith("/orders")) {
		if (method === "GET") return "OrderView";
		return path.endsWith("/canceler") ? "OrderWrite" : "OrderEdit";
	}
	if (path.startsWith("/inventory")) return method === "GET" ? "InventoryRead" : "ReceiverEdit";
	if (/^\/customers\/[^/]+\/items/.test(path)) return method === "GET" ? "ItemView" : "ItemEdit";
	if (path.startsWith("/customers")) return "CustomerView";
	return path.startsWith("/properties/facilities") ? "FacilityView" : undefined;
}

function mayHaveToken(authorization: string | undefined, body: unknown): boolean {
	const basic = `Basic ${Buffer.from(`${credentials.clientId}:${credentials.clientSecret}`).toString("base64")}`;
	if (authorization !== basic || typeof body !== "object" || body === null) return false;
	const given = body as Record<string, unknown>;
	if (given.grant_type !== "client_credentials") return false;
	if ("tpl" in given) return given.tpl === credentials.tplKey && given.user_login_id === credentials.userLoginId;
	return given.user_login === credentials.userLoginId;
}
