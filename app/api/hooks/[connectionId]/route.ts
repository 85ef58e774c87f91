import { handleHook } from "@/lib/api/serve/handle-hook";

export const dynamic = "force-dynamic";

interface HookRoute {
	params: Promise<{ connectionId: string }>;
}

/** Events from other systems: verified, noted, and turned into a read that comes sooner. */
export async function POST(request: Request, { params }: HookRoute): Promise<Response> {
	return handleHook(request, (await params).connectionId);
}
