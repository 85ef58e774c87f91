import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import type { CheckAnswer, Context } from "../kit/types";
import { call, levelPath } from "./calls";
import type { ImSettings } from "./settings";

/** Reads one order of the list that the key's level may read. */
export async function check(context: Context<ImSettings>): Promise<CheckAnswer<ImSettings>> {
	const { apiUser, keyLevel, merchantPk } = context.settings;
	if (keyLevel === "warehouse" && merchantPk === "")
		return {
			ok: false,
			field: "merchantPk",
			fix: "A warehouse key needs the merchant it acts for. Enter the merchant number.",
		};
	try {
		await call(context, levelPath(context, "/orders/list/new"), {
			schema: z.array(z.unknown()).nullish(),
			query: { limit: 1, page: 1 },
		});
		return { ok: true, as: `${keyLevel} key ${apiUser}${merchantPk && `, merchant ${merchantPk}`}` };
	} catch (error) {
		if (!(error instanceof ConnectorError)) throw error;
		const { fault } = error;
		if (fault.kind === "auth" && fault.reason === "forbidden")
			return {
				ok: false,
				field: "keyLevel",
				fix: "This key may not read orders. Choose the level the key really has.",
			};
		if (fault.kind === "auth")
			return {
				ok: false,
				field: "apiKey",
				fix: "Integration Manager does not accept the API user and key. Copy both again.",
			};
		if (fault.kind === "permanent" && fault.code === "NotFound")
			return {
				ok: false,
				field: "keyLevel",
				fix: "This key reads no orders there. Choose the level the key really has.",
			};
		return { ok: false, field: "baseUrl", fix: error.message };
	}
}
