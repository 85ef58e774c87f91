import type { Context } from "hono";
import type { SandboxEnv } from "../../kit/sandbox-server";

/** `pgsiz` and `pgnum`, or the name of the one that is refused: more than the greatest page is an error. */
export function pageOf(
	context: Context<SandboxEnv>,
	most: number,
	usual: number,
): { size: number; number: number } | string {
	const size = Number(context.req.query("pgsiz") ?? usual);
	const number = Number(context.req.query("pgnum") ?? 1);
	if (!Number.isInteger(size) || size < 1 || size > most) return "pgsiz";
	if (!Number.isInteger(number) || number < 1) return "pgnum";
	return { size, number };
}

export function isHal(context: Context<SandboxEnv>): boolean {
	return (context.req.header("accept") ?? "").includes("hal+json");
}
