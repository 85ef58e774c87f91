import type { Scope } from "@/lib/db/scope";
import { changeAlert } from "./change-alert";

export function commentAlert(scope: Scope, alertId: string, text: string): Promise<{ id: string }> {
	return changeAlert(scope, alertId, async () => ({ kind: "commented", text }));
}
