import type { OpenLink } from "@/lib/auth/authorization";
import { audit } from "@/lib/db/audit";
import { transactScoped } from "@/lib/db/scoped";
import { AppError } from "@/lib/errors/app-error";
import type { Checked } from "../connections/ask-system";
import { listChoices } from "../connections/list-choices";
import type { Values } from "../connections/settings";
import { testSettings } from "../connections/test-settings";
import { prepareChange, storeChange } from "../connections/update-connection";
import { mailDone } from "./share-mails";

/** Test connection, as somebody with a link sees it. */
export async function testByLink(link: OpenLink, values: Values): Promise<Checked> {
	return testSettings(link.scope, { ...(await about(link)), values });
}

export async function choicesByLink(link: OpenLink, given: { choices: "locations" | "shipMethods"; values: Values }) {
	return listChoices(link.scope, { ...(await about(link)), side: "source", ...given });
}

/** Keeps access details that work, and uses the link up. Those that do not work change nothing, and the link stays. */
export async function saveByLink(link: OpenLink, values: Values): Promise<Checked> {
	const { scope } = link;
	const { connectionId } = scope;
	const prepared = await prepareChange(scope, connectionId, { values, options: {} });
	if (!prepared.checked.ok) return prepared.checked;
	const account = await transactScoped(scope, async (tx) => {
		const { count } = await tx.db.shareLink.updateMany({
			where: { id: link.id, usedAt: null, revokedAt: null, expiresAt: { gt: new Date() } },
			data: { usedAt: new Date() },
		});
		if (count === 0) throw new AppError("link-gone");
		await storeChange(tx, scope, connectionId, prepared);
		await audit(tx, scope, {
			action: "share-link.used",
			subjectType: "connection",
			subjectId: connectionId,
			after: { email: link.email },
		});
		return tx.db.account.findFirstOrThrow({ select: { name: true } });
	});
	const { before, gathered } = prepared;
	await mailDone({
		...{ email: link.email, makerEmail: link.createdByEmail, account: account.name, connection: before.name },
		system: gathered.connector.name,
		path: `${scope.accountId}/connections/${connectionId}`,
	});
	return prepared.checked;
}

/** The connection of the link, as the settings verbs name it. */
async function about({ scope }: OpenLink) {
	const { merchantId, connectionId } = scope;
	const connection = await transactScoped(scope, ({ db }) =>
		db.connection.findFirst({ where: { id: connectionId }, select: { connectorKey: true } }),
	);
	if (!connection) throw new AppError("link-gone");
	return { merchantId, connectionId, connectorKey: connection.connectorKey };
}
