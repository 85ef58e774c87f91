import { answerProbe, probeOf } from "@/lib/services/health/read-health";

export const dynamic = "force-dynamic";

/** Whether work goes on; `?probe=live` or `ready` for those who restart processes and send them requests. No secrets. */
export function GET(request: Request): Promise<Response> {
	return answerProbe(probeOf(new URL(request.url).searchParams.get("probe")));
}
