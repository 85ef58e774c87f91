import { serveMetrics } from "@/lib/services/metrics/serve-metrics";

export const dynamic = "force-dynamic";

/** Figures for Prometheus. */
export function GET(request: Request): Promise<Response> {
	return serveMetrics(request);
}
