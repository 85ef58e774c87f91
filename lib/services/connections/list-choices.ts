import type { Scope } from "@/lib/db/scope";
import { askSystem } from "./ask-system";
import type { Side } from "./option-fields";
import { type Given, gatherSettings, withStandIns } from "./settings";

/** What a field may hold, asked from the other system: its places, or its ship methods. */
export async function listChoices(
	scope: Scope,
	given: Given & { side: Side; choices: "locations" | "shipMethods" },
): Promise<{ value: string; label: string }[]> {
	const { connector, settings: known } = await gatherSettings(scope, given);
	const settings = withStandIns(connector, known);
	return askSystem(connector, settings, async (context) => {
		if (given.choices === "shipMethods") {
			const methods = (await connector.destination?.shipMethods?.list(context)) ?? [];
			return methods.map((method) => {
				const value = [method.carrier, method.service].filter(Boolean).join(" ");
				return { value, label: value };
			});
		}
		const places = (await connector[given.side]?.locations?.list(context)) ?? [];
		return places.map(({ externalId, name }) => ({
			value: externalId,
			label: name === externalId ? name : `${name} (${externalId})`,
		}));
	});
}
