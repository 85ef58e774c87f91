import { ConnectorError } from "../kit/fault";
import type { CheckAnswer, Token } from "../kit/types";
import { rawList, tokenAnswer, warehouseList } from "./api";
import { type OmContext, refusal, remember } from "./calls";
import { channelId } from "./channels";
import type { OmSettings } from "./settings";

/** A token says nothing of its end; one that was made from a password is made anew after half a day at the latest. */
const tokenSeconds = 12 * 3600;

/**
 * With an API token, that token. With a password, a token made from it, or the pair itself: which of the two an
 * account takes is inferred, so a setting chooses.
 */
export async function authorize(context: OmContext): Promise<Record<string, string>> {
	const { apiToken, userName, password, signIn } = context.settings;
	if (apiToken) return { Authorization: `Bearer ${apiToken}` };
	if (signIn === "basic") return { Authorization: basic(userName, password) };
	const token = await context.token(() => makeToken(context));
	return { Authorization: `Bearer ${token.value}` };
}

async function makeToken(context: OmContext): Promise<Token> {
	const { userName, password, signInUrl } = context.settings;
	const { data } = await context.http.send(
		"POST",
		`${signInUrl.replace(/\/$/, "")}/oauth/token?grant_type=password`,
		undefined,
		{
			schema: tokenAnswer,
			headers: { Authorization: basic(userName, password) },
			authorized: false,
			repeatable: true,
			fault: refusal(context),
		},
	);
	const seconds = Math.min(data.expires_in ?? tokenSeconds, tokenSeconds);
	return { value: data.access_token, expiresAt: new Date(context.now().getTime() + seconds * 1000) };
}

function basic(userName: string, password: string): string {
	return `Basic ${Buffer.from(`${userName}:${password}`).toString("base64")}`;
}

export async function warehouses(context: OmContext): Promise<{ warehouseId: number; name: string }[]> {
	const { data } = await context.http.get("/v1/warehouses", { schema: warehouseList, fault: refusal(context) });
	return data;
}

/** The id of the warehouse that the settings name; undefined when they name none. */
export async function warehouseId(context: OmContext): Promise<number | undefined> {
	const wanted = context.settings.warehouseName;
	if (wanted === "") return undefined;
	const all = await remember(context, "warehouses", () => warehouses(context));
	const same = all.filter(({ name }) => name.trim().toLowerCase() === wanted.toLowerCase());
	const [found] = same;
	if (found && same.length === 1) return found.warehouseId;
	throw new ConnectorError(
		{ kind: "permanent", code: "unknown-warehouse", field: "warehouseName" },
		`Order Manager has ${found ? "several warehouses" : "no warehouse"} of that name. Choose one under Warehouse name.`,
	);
}

/** Reads the warehouses and a page of orders: access, the warehouse's name and the right to read, in three calls. */
export async function check(context: OmContext): Promise<CheckAnswer<OmSettings>> {
	const { apiToken, userName, password, warehouseName } = context.settings;
	if (password !== "" && userName === "") {
		const fix = "The password has no user name. Enter the user name, or leave the password empty and use a token.";
		return { ok: false, field: "password", fix };
	}
	try {
		await warehouseId(context);
		// A place that takes orders needs its channel; where orders are read, one page of them proves the right to.
		const query = { status: context.settings.pickupStatus, page: 1, limit: 1 };
		if ((await channelId(context)) === undefined)
			await context.http.get("/v1.1/orders", { schema: rawList, query, fault: refusal(context) });
		return { ok: true, as: warehouseName === "" ? "all warehouses" : `warehouse ${warehouseName}` };
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		const { fault, message } = error;
		if (fault.kind === "auth" && fault.reason === "forbidden")
			return {
				ok: false,
				fix: "Order Manager does not let us read. Give this access the scopes for orders, shipments and inventory.",
			};
		if (fault.kind === "auth" && apiToken)
			return { ok: false, field: "apiToken", fix: "Order Manager refused the API token. Copy it again, whole." };
		if (fault.kind === "auth")
			return {
				ok: false,
				field: "password",
				fix: "Order Manager refused the user name or the password. Enter both again.",
			};
		if (fault.kind === "permanent" && fault.code === "unknown-warehouse")
			return { ok: false, field: "warehouseName", fix: message };
		if (fault.kind === "permanent" && fault.code === "unknown-channel")
			return { ok: false, field: "salesChannel", fix: message };
		return { ok: false, field: "apiUrl", fix: message };
	}
}
