import type { Scope } from "@/lib/db/scope";
import { type Checked, checkSystem } from "./ask-system";
import { type Given, gatherSettings, mustBeUsable } from "./settings";

/** Test connection: asks the other system whether these settings would work. Nothing is stored. */
export async function testSettings(scope: Scope, given: Given): Promise<Checked> {
	const gathered = await gatherSettings(scope, given);
	mustBeUsable(gathered);
	return checkSystem(gathered.connector, gathered.settings);
}
