import { readHealth } from "@/lib/services/health/read-health";

export const dynamic = "force-dynamic";

/** Liveness and queue lag: 200 while the database answers and a worker lives, else 503. No secrets. */
export async function GET(): Promise<Response> {
	const health = await readHealth();
	return Response.json(health, { status: health.ok ? 200 : 503 });
}
