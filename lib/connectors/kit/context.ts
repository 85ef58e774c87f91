import { setMaxListeners } from "node:events";
import { fieldsOf } from "./define";
import type { Guard } from "./guard";
import { createHttp, defaultDispatcher, defaultTimeouts, type Timeouts } from "./http";
import { createLimiter, type Limiter, limiterFor } from "./limiter";
import { createMasker } from "./mask";
import type { Recorder } from "./record";
import type { TokenStore } from "./token";
import type { Connector, Context, Fields, Log, Token } from "./types";

export interface ContextParts<S extends Fields> {
	connector: Connector<S>;
	/** Raw settings of all levels together; parsed here. Throws a ZodError when they do not fit. */
	settings: unknown;
	/** Whose limits are shared: the connection's id. */
	key: string;
	recorder: Recorder;
	tokens: TokenStore;
	signal: AbortSignal;
	log: Log;
	now?: () => Date;
	timeouts?: Partial<Timeouts>;
	/** Refuses private addresses. Only tests go without one. */
	guard?: Guard;
	/** Replaces the shared limiter, in tests. */
	limiter?: Limiter;
	dispatcher?: Parameters<typeof createHttp>[0]["dispatcher"];
}

/** Everything a connector is handed, for one connection and one piece of work. */
export function createContext<S extends Fields>(parts: ContextParts<S>): Context<S> {
	const { connector, signal, log } = parts;
	const now = parts.now ?? (() => new Date());
	const settings = connector.settings.parse(parts.settings);
	const timeouts = { ...defaultTimeouts, ...parts.timeouts };
	const secrets = new Set(secretsOf(connector, settings));
	let used: Token | undefined;
	// Every call in flight listens to it: many at once are no leak.
	setMaxListeners(0, signal);
	const context: Context<S> = {
		settings,
		log,
		now,
		signal,
		token: async (renew) => {
			used = await parts.tokens.get(renew);
			secrets.add(used.value);
			return used;
		},
		http: createHttp({
			system: connector.name,
			baseUrl: connector.baseUrl(settings),
			limiter: parts.limiter ?? limiterFor(`${connector.key}:${parts.key}`, () => createLimiter(connector.limits)),
			recorder: parts.recorder,
			masker: createMasker(() => secrets),
			signal,
			now,
			timeouts,
			guard: parts.guard,
			authorize: async () => (connector.authorize ? connector.authorize(context) : {}),
			refused: async (headers) => {
				if (!used) return false;
				// A late 401 to an older token must not drop the one that replaced it.
				const { value } = used;
				if (Object.values(headers).some((header) => header.includes(value))) await parts.tokens.reject(value);
				return true;
			},
			dispatcher: parts.dispatcher ?? defaultDispatcher(timeouts, parts.guard),
		}),
	};
	return context;
}

/** Every form in which a secret may turn up: as it is, in a URL, in JSON text, and in a Basic header. */
function secretsOf(connector: Connector<Fields>, settings: Record<string, unknown>): string[] {
	const texts = fieldsOf(connector.settings).flatMap(({ name, meta }) => {
		const value = settings[name];
		return typeof value === "string" && value !== "" ? [{ value, secret: meta.secret }] : [];
	});
	const secrets = texts.filter(({ secret }) => secret).map(({ value }) => value);
	const pairs = secrets.flatMap((secret) =>
		["", ...texts.map(({ value }) => value)].map((user) => `${user}:${secret}`),
	);
	const forms = [
		...secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]),
		...pairs.map((pair) => Buffer.from(pair).toString("base64")),
	];
	// The longest first, or a form that contains another would be hidden only in part.
	return forms.sort((a, b) => b.length - a.length);
}
