import { answerProbe } from "@/lib/services/health/read-health";

export const dynamic = "force-dynamic";

export function GET(): Promise<Response> {
	return answerProbe("ready");
}
