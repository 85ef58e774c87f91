import { implement } from "@orpc/server";
import { secondFactorContract } from "@/lib/api/contract/second-factor";
import { beginAuthenticator, confirmAuthenticator, removeAuthenticator } from "@/lib/auth/factor/authenticator";
import { readFactors } from "@/lib/auth/factor/factors";
import { addPasskey, askForPasskey, beginPasskey, removePasskey, renamePasskey } from "@/lib/auth/factor/passkeys";
import { proveFactor, renewRecoveryCodes, turnOffFactor } from "@/lib/auth/factor/prove-factor";
import { demandFactor } from "@/lib/services/people/demand-factor";
import type { RequestContext } from "../serve/context";
import { asPerson, asWaiting, inScope } from "../serve/guards";

const { demand, askForPasskey: ask, prove, ...own } = secondFactorContract;
const mine = implement(own).$context<RequestContext>().use(asPerson);
const waiting = implement({ ask, prove }).$context<RequestContext>().use(asWaiting);
const account = implement({ demand }).$context<RequestContext>().use(inScope);
const done = { done: true } as const;

export const secondFactorRouter = {
	get: mine.get.handler(({ context }) => readFactors(context.asker)),
	askForPasskey: waiting.ask.handler(async ({ context }) => ({ options: { ...(await askForPasskey(context.asker)) } })),
	prove: waiting.prove.handler(async ({ context, input }) => {
		await proveFactor(context.asker, input, context);
		return done;
	}),
	beginAuthenticator: mine.beginAuthenticator.handler(({ context }) => beginAuthenticator(context.asker)),
	confirmAuthenticator: mine.confirmAuthenticator.handler(({ context, input }) =>
		confirmAuthenticator(context.asker, input.code, context.requestId),
	),
	removeAuthenticator: mine.removeAuthenticator.handler(async ({ context }) => {
		await removeAuthenticator(context.asker, context.requestId);
		return done;
	}),
	beginPasskey: mine.beginPasskey.handler(async ({ context }) => ({
		options: { ...(await beginPasskey(context.asker)) },
	})),
	addPasskey: mine.addPasskey.handler(({ context, input }) => addPasskey(context.asker, input, context.requestId)),
	renamePasskey: mine.renamePasskey.handler(({ context, input }) =>
		renamePasskey(context.asker, input.passkeyId, input.name),
	),
	removePasskey: mine.removePasskey.handler(({ context, input }) =>
		removePasskey(context.asker, input.passkeyId, context.requestId),
	),
	renewCodes: mine.renewCodes.handler(({ context }) => renewRecoveryCodes(context.asker, context.requestId)),
	turnOff: mine.turnOff.handler(async ({ context }) => {
		await turnOffFactor(context.asker, context.requestId);
		return done;
	}),
	demand: account.demand.handler(({ context, input }) => demandFactor(context.scope, context.asker.id, input.demanded)),
};
