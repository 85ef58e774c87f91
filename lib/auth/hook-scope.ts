import { root } from "@/lib/db/root";
import { jobScope, type Scope } from "@/lib/db/scope";

/** The scope of the connection that an event is addressed to; null when there is none. Whoever calls proves it next. */
export async function hookScopeOf(connectionId: string): Promise<Scope | null> {
	const found = await root().connection.findFirst({
		where: { id: connectionId, archivedAt: null },
		select: { accountId: true, merchantId: true },
	});
	return found && { ...jobScope(found.accountId, found.merchantId, "hooks"), connectionId };
}
