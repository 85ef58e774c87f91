import { implement } from "@orpc/server";
import { accountLinksContract } from "@/lib/api/contract/account-links";
import { apiKeysContract } from "@/lib/api/contract/api-keys";
import { connectContract, shareLinksContract } from "@/lib/api/contract/share-links";
import { listAccountLinks } from "@/lib/auth/account-links";
import type { Scope } from "@/lib/db/scope";
import { acceptAccountLink, askForLink, endAccountLink } from "@/lib/services/account-links/account-links";
import { createApiKey } from "@/lib/services/api-keys/create-api-key";
import { listApiKeys } from "@/lib/services/api-keys/list-api-keys";
import { revokeApiKey } from "@/lib/services/api-keys/revoke-api-key";
import { rotateApiKey } from "@/lib/services/api-keys/rotate-api-key";
import { createShareLink, inviteToConnect } from "@/lib/services/share-links/create-share-link";
import { listShareLinks } from "@/lib/services/share-links/list-share-links";
import { readShareLink } from "@/lib/services/share-links/read-share-link";
import { revokeShareLink } from "@/lib/services/share-links/revoke-share-link";
import { choicesByLink, saveByLink, testByLink } from "@/lib/services/share-links/use-share-link";
import type { RequestContext } from "../serve/context";
import { byShareLink, inScope } from "../serve/guards";

const keys = implement(apiKeysContract).$context<RequestContext>().use(inScope);
const links = implement(shareLinksContract).$context<RequestContext>().use(inScope);
const accounts = implement(accountLinksContract).$context<RequestContext>().use(inScope);
const connect = implement(connectContract).$context<RequestContext>().use(byShareLink);

export const apiKeysRouter = {
	list: keys.list.handler(async ({ context }) => ({ items: await listApiKeys(context.scope) })),
	create: keys.create.handler(({ context, input }) => createApiKey(context.scope, input)),
	rotate: keys.rotate.handler(({ context, input }) => rotateApiKey(context.scope, input.apiKeyId, input.overlapHours)),
	revoke: keys.revoke.handler(({ context, input }) => revokeApiKey(context.scope, input.apiKeyId)),
};

export const accountLinksRouter = {
	list: accounts.list.handler(async ({ context }) => ({ items: await listAccountLinks(context.scope) })),
	invite: accounts.invite.handler(({ context, input }) => askForLink(context.scope, input.email)),
	accept: accounts.accept.handler(({ context, input }) => acceptAccountLink(context.scope, input.token)),
	end: accounts.end.handler(({ context, input }) => endAccountLink(context.scope, input.accountLinkId)),
};

export const shareLinksRouter = {
	list: links.list.handler(async ({ context, input }) => ({
		items: await listShareLinks(context.scope, input.connectionId),
	})),
	invite: links.invite.handler(({ context, input }) =>
		inviteToConnect(context.scope, { ...input, makerEmail: emailOf(context) }),
	),
	create: links.create.handler(({ context, input }) =>
		createShareLink(context.scope, input.connectionId, { email: input.email, makerEmail: emailOf(context) }),
	),
	revoke: links.revoke.handler(({ context, input }) => revokeShareLink(context.scope, input.shareLinkId)),
};

export const connectRouter = {
	get: connect.get.handler(({ context }) => readShareLink(context.link)),
	test: connect.test.handler(({ context, input }) => testByLink(context.link, input.values)),
	choices: connect.choices.handler(async ({ context, input }) => ({ items: await choicesByLink(context.link, input) })),
	save: connect.save.handler(({ context, input }) => saveByLink(context.link, input.values)),
};

/** Where word is sent when it is done; nowhere when a key asked. */
function emailOf({ scope, asker }: { scope: Scope; asker: { email: string } }): string {
	return scope.actor.type === "user" ? asker.email : "";
}
