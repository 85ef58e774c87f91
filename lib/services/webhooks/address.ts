import { createGuard, type Guard } from "@/lib/connectors/kit/guard";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors/app-error";

/** Keeps calls to addresses that people enter out of private networks. */
export function webhookGuard(): Guard {
	return createGuard(env().PRIVATE_HOSTS);
}

/** Throws for an address that must not be called: not https, or inside. Hosts that the server allows may be both. */
export function mustBeCallable(url: string): void {
	const { protocol, hostname } = new URL(url);
	if (protocol !== "https:" && !env().PRIVATE_HOSTS.includes(hostname))
		throw new AppError("bad-input", { field: "url", problem: "must begin with https://." });
	try {
		webhookGuard().check(url);
	} catch (error) {
		throw new AppError("bad-input", {
			field: "url",
			problem: error instanceof Error ? error.message : "cannot be used",
		});
	}
}
