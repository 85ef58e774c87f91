"use client";
import { RouterProvider } from "@heroui/react";
import { isServer, MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { ApiProblem } from "@/lib/api/client";
import { isRefusal } from "../ui/live";

/** Everything below may read data, follow links without a reload and keep its state in the address. */
export function Providers({ children }: { children: ReactNode }) {
	const router = useRouter();
	return (
		<RouterProvider navigate={(path) => router.push(path)}>
			<QueryClientProvider client={queryClient()}>
				<NuqsAdapter>{children}</NuqsAdapter>
			</QueryClientProvider>
		</RouterProvider>
	);
}

let inBrowser: QueryClient | undefined;

/** One client per request on the server, one for the life of the tab in the browser. */
function queryClient(): QueryClient {
	if (isServer) return makeClient();
	inBrowser ??= makeClient();
	return inBrowser;
}

/**
 * Whose session was ended, maybe from another device, signs in again; an account that demands a second factor from now
 * on shows nothing more until there is one.
 */
function leadAway(error: Error): void {
	const { problem } = error instanceof ApiProblem ? error : { problem: {} };
	const { code, fix } = problem as { code?: unknown; fix?: { href?: string } };
	if (code === "signed-out") window.location.assign("/sign-in");
	if (code === "second-factor-needed" && fix?.href) window.location.assign(fix.href);
}

function makeClient(): QueryClient {
	return new QueryClient({
		queryCache: new QueryCache({ onError: leadAway }),
		mutationCache: new MutationCache({ onError: leadAway }),
		defaultOptions: {
			queries: {
				staleTime: 5_000,
				retry: (failed, error) => failed < 1 && !isRefusal(error),
				refetchOnWindowFocus: true,
			},
		},
	});
}
