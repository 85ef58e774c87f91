/** Why a source's order does not become ours: the first rule of a download that says no. Null: it would be loaded. */
import type { Refuser } from "@/lib/canonical/filters";
import type { Order } from "@/lib/canonical/order";
import type { Read } from "@/lib/connectors/kit/types";
import { type OpenConnection, sourceRulesOf } from "../connect/open-connection";
import { acceptOrder } from "./accept-order";

/** `because` continues "the shop has it, but …" for a setting, and "in a form we cannot use: …" for a flaw. */
export function whyLeftOut(
	connection: OpenConnection,
	read: Read<Order>,
): { kind: "unusable" | "setting"; because: string; by: Refuser } | null {
	const accepted = acceptOrder(read, sourceRulesOf(connection));
	if (accepted.kind === "bad") return { kind: "unusable", because: accepted.problem, by: "unusable" };
	const unwanted = read.ok
		? connection.connector.source?.orders?.unwanted?.(connection.context.settings, read.value)
		: null;
	if (unwanted) return { kind: "setting", because: unwanted, by: "source-settings" };
	return accepted.kind === "skip" ? { kind: "setting", because: `it was ${accepted.reason}`, by: accepted.by } : null;
}
