import type { Token } from "./types";

/** Keeps the short-lived credential that all jobs of one connection share. */
export interface TokenStore {
	/** The kept token, or the one `renew` obtains. Of many callers at once, one renews and all get its result. */
	get(renew: () => Promise<Token>): Promise<Token>;
	/** Drops a token that was refused, unless it was replaced already. */
	reject(value: string): Promise<void>;
}

/** A token is renewed this long before it ends, so that none ends on its way. */
export const renewBeforeMs = 60_000;

export function memoryTokenStore(now: () => Date = () => new Date()): TokenStore {
	let kept: Token | undefined;
	let renewing: Promise<Token> | undefined;
	return {
		async get(renew) {
			if (kept && kept.expiresAt.getTime() - renewBeforeMs > now().getTime()) return kept;
			renewing ??= renew().finally(() => {
				renewing = undefined;
			});
			kept = await renewing;
			return kept;
		},
		async reject(value) {
			if (kept?.value === value) kept = undefined;
		},
	};
}
