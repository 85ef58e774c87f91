import type { z } from "zod";
import { contract } from "@/lib/api/contract/contract";

export interface Endpoint {
	name: string;
	method: string;
	path: string;
	audience: string;
	permission: string | null;
	output: z.ZodType | undefined;
}

interface Declared {
	"~orpc"?: {
		route: { method: string; path: string };
		meta: { audience?: string; permission: string | null };
		outputSchema?: z.ZodType;
	};
}

/** Every endpoint, read from the contract itself: a new one is covered by being there. */
export const allEndpoints: Endpoint[] = endpointsOf(contract);

function endpointsOf(node: object, path: string[] = []): Endpoint[] {
	return Object.entries(node).flatMap(([key, value]) => {
		const made = (value as Declared)["~orpc"];
		if (!made) return endpointsOf(value, [...path, key]);
		const { route, meta, outputSchema: output } = made;
		return [
			{
				name: [...path, key].join("."),
				method: route.method,
				path: route.path,
				audience: meta.audience ?? "account",
				permission: meta.permission,
				output,
			},
		];
	});
}
