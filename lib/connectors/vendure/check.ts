import { ConnectorError } from "../kit/fault";
import type { CheckAnswer, Context } from "../kit/types";
import { channelAnswer, mayAnswer } from "./api";
import { call, refusedField } from "./calls";
import type { VendureSettings } from "./settings";

/** What the guide asks for. Finer rights do as well: ReadProduct, UpdateProduct and ReadStockLocation for the catalogue's. */
const neededRights = ["ReadOrder", "UpdateOrder", "ReadCatalog", "UpdateCatalog"];
/**
 * The right behind each field of the two documents that try the key. Of several that are refused Vendure tells one,
 * whichever it was done with first.
 */
const rightOf: Record<string, string> = {
	orders: "ReadOrder",
	productVariants: "ReadCatalog",
	stockLocations: "ReadCatalog",
	addFulfillmentToOrder: "UpdateOrder",
	updateProductVariants: "UpdateCatalog",
};

/** A key is nobody's, so it cannot ask who it is (seen on 3.7): it is tried on what it must be able to do. */
export async function check(context: Context<VendureSettings>): Promise<CheckAnswer<VendureSettings>> {
	try {
		const { data } = await call(context, { name: "channel", data: channelAnswer, repeatable: true });
		await call(context, { name: "mayRead", data: mayAnswer, repeatable: true });
		await call(context, { name: "mayWrite", data: mayAnswer, repeatable: true });
		const { code } = data.activeChannel;
		return { ok: true, as: code === "__default_channel__" ? "the default channel" : `channel ${code}` };
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		return explain(error, context.settings.channelToken !== "");
	}
}

function explain(error: ConnectorError, inChannel: boolean): CheckAnswer<VendureSettings> {
	const { fault } = error;
	const right = rightOf[refusedField(error)];
	if (fault.kind === "auth" && right)
		return {
			ok: false,
			field: "apiKey",
			fix: `The API key's role lacks ${right}. It needs ${neededRights.join(", ")}.`,
		};
	if (fault.kind === "auth" && inChannel)
		return {
			ok: false,
			field: "apiKey",
			fix: "Vendure does not accept this API key in this channel. Copy the key whole, and give its role the channel.",
		};
	if (fault.kind === "auth")
		return {
			ok: false,
			field: "apiKey",
			fix: 'Vendure does not accept this API key. Copy it whole, and let the server\'s tokenMethod hold "api-key".',
		};
	if (fault.kind === "permanent" && fault.code === "CHANNEL_NOT_FOUND")
		return {
			ok: false,
			field: "channelToken",
			fix: "Vendure has no channel with this token. Copy it from Settings, Channels.",
		};
	if (fault.kind === "permanent" && fault.code === "address-refused")
		return { ok: false, field: "apiUrl", fix: error.message };
	return {
		ok: false,
		field: "apiUrl",
		fix: "No Vendure Admin API answers at this address. It usually ends in /admin-api.",
	};
}
