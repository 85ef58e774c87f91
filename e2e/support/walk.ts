/** Every endpoint of the API, for scenarios that ask all of them and must be refused. */
import { readdirSync } from "node:fs";
import path from "node:path";
import type { EndpointMeta } from "@/lib/api/contract/base";
import { contract } from "@/lib/api/contract/contract";

export interface Endpoint {
	name: string;
	method: string;
	/** With its parameters in braces. */
	path: string;
	meta: EndpointMeta;
}

interface Described {
	"~orpc": { meta: object; route: { method?: string; path?: string } };
}

export function endpoints(): Endpoint[] {
	return Object.entries(contract).flatMap(([noun, verbs]) =>
		Object.entries(verbs as Record<string, Described>).map(([verb, described]) => {
			const { meta, route } = described["~orpc"];
			return {
				name: `${noun}.${verb}`,
				method: route.method ?? "POST",
				path: route.path ?? "",
				meta: meta as EndpointMeta,
			};
		}),
	);
}

/** An endpoint's address with ids in place of its parameters; null when one of them is not known. */
export function addressOf(endpoint: Endpoint, ids: Record<string, string>): string | null {
	const names = [...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
	if (names.some((name) => !ids[name])) return null;
	return endpoint.path.replace(/\{(\w+)\}/g, (_, name) => ids[name] ?? "");
}

/** The pages of an account whose address holds the id of something, such as "orders/[orderId]". */
export function pagesOfThings(): string[] {
	const root = path.resolve(import.meta.dirname, "../../app/(hub)/[account]");
	return readdirSync(root, { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith("page.tsx") && file.includes("["))
		.map((file) => path.dirname(file))
		.sort();
}
