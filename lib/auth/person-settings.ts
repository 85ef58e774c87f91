import { audit } from "@/lib/db/audit";
import { root } from "@/lib/db/root";
import { transact } from "@/lib/db/transact";
import { type Asker, homeScopeOf } from "./asker";

/** Changes how a person is called, and the zone in which they read times. Null takes a value away. */
export async function updatePerson(
	asker: Asker,
	given: { name?: string | null | undefined; timeZone?: string | null | undefined },
	requestId: string,
): Promise<{ name: string | null; timeZone: string | null }> {
	const { name = asker.name, timeZone = asker.timeZone } = given;
	const before = { name: asker.name, timeZone: asker.timeZone };
	if (name === before.name && timeZone === before.timeZone) return before;
	const after = await root().user.update({
		where: { id: asker.id },
		data: { name, timeZone },
		select: { name: true, timeZone: true },
	});
	const home = await homeScopeOf({ ...asker, ...after }, requestId);
	if (home)
		await transact(home, (tx) =>
			audit(tx, home, {
				action: "person.changed-own-settings",
				subjectType: "user",
				subjectId: asker.id,
				before,
				after,
			}),
		);
	return after;
}
