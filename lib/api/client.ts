/** The API as the browser calls it: typed by the contract, with TanStack Query's options for every endpoint. */
import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import type { JsonifiedClient } from "@orpc/openapi-client";
import { OpenAPILink } from "@orpc/openapi-client/fetch";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { contract } from "./contract/contract";

/** What the API refused, as problem+json: the sentence, the fix, and messages by field. */
export class ApiProblem extends Error {
	readonly problem: Record<string, unknown>;

	constructor(problem: Record<string, unknown>) {
		super(String(problem.detail ?? "The request was refused."));
		this.name = "ApiProblem";
		this.problem = problem;
	}
}

type Client = JsonifiedClient<ContractRouterClient<typeof contract>>;

function clientWith(headers: Record<string, string>): Client {
	const link = new OpenAPILink(contract, {
		url: () => `${window.location.origin}/api/v1`,
		headers: () => headers,
		fetch: async (request, init) => {
			const response = await fetch(request, init);
			const isProblem = response.headers.get("content-type")?.startsWith("application/problem+json");
			if (isProblem) throw new ApiProblem(await response.json());
			return response;
		},
	});
	return createORPCClient(link);
}

export const apiClient = clientWith({});
export const api = createTanstackQueryUtils(apiClient);

/** The API for somebody with a share link and no login. */
export function linkClient(token: string): Client {
	return clientWith({ authorization: `ShareLink ${token}` });
}
