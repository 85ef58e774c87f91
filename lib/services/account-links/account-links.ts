/** Linking accounts, and the mails that go with it. A mail that cannot be sent undoes nothing. */
import { acceptLink, endLink, inviteLink, linkDays } from "@/lib/auth/account-links";
import { ownersOf } from "@/lib/auth/directory";
import type { Scope } from "@/lib/db/scope";
import { env } from "@/lib/env";
import { trySendMail } from "@/lib/mail";

/** Asks somebody by mail to link their account with the asker's. */
export async function askForLink(scope: Scope, email: string): Promise<{ id: string; url: string; mailed: boolean }> {
	const { id, token, account, kind } = await inviteLink(scope, email);
	const url = `${env().APP_URL}/link?${new URLSearchParams({ token })}`;
	const purpose =
		kind === "fulfillment"
			? `${account} packs your orders and asks to link your Crossdock account with theirs: their staff then see your orders and set up the warehouse. Your carts, your people and your settings stay yours.`
			: `${account} asks you, their warehouse, to link your Crossdock account with theirs: your staff then see their orders and set up the warehouse for them.`;
	const mailed = await trySendMail({
		to: email,
		subject: `${account} asks to link accounts on Crossdock`,
		intro: [purpose],
		button: { label: "See what is asked", href: url },
		outro: [
			`The link works once, within ${linkDays} days. Either side can end it later. If you do not know ${account}, ignore this mail: nothing happens.`,
		],
	});
	return { id, url, mailed };
}

export async function acceptAccountLink(scope: Scope, token: string): Promise<{ id: string }> {
	const { id, own, other } = await acceptLink(scope, token);
	await tellOwners(other.id, {
		subject: `${own.name} is linked with ${other.name}`,
		intro: [
			`${own.name} accepted the link with ${other.name}. Either side can end it under Settings, Linked accounts.`,
		],
	});
	return { id };
}

export async function endAccountLink(scope: Scope, linkId: string): Promise<{ id: string }> {
	const { id, own, other } = await endLink(scope, linkId);
	if (other)
		await tellOwners(other.id, {
			subject: `${own.name} ended the link with ${other.name}`,
			intro: [
				`${own.name} and ${other.name} are no longer linked on Crossdock. The warehouse's staff see nothing of the brand any more, and their access details are removed from its account; carts, orders and history stay with the brand.`,
			],
		});
	return { id };
}

async function tellOwners(accountId: string, mail: { subject: string; intro: string[] }): Promise<void> {
	const href = `${env().APP_URL}/${accountId}/settings/links`;
	for (const to of await ownersOf(accountId))
		await trySendMail({ to, ...mail, button: { label: "Open linked accounts", href } });
}
