import { gunzipSync } from "node:zlib";
import { z } from "zod";
import type { exchangeDetail } from "@/lib/api/contract/runs";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";

export type ExchangeDetail = z.input<typeof exchangeDetail>;

const content = z.object({
	requestHeaders: z.record(z.string(), z.string()),
	requestBody: z.string(),
	answerHeaders: z.record(z.string(), z.string()),
	answerBody: z.string(),
});
const pack = z.array(z.unknown());

interface Row {
	id: string;
	at: Date;
	runId: string | null;
	connectionId: string;
	connectionName: string;
	method: string;
	url: string;
	status: number | null;
	durationMs: number;
	error: string | null;
	place: number;
	content: Buffer;
	truncated: boolean;
}

/** One request and its answer, as they were masked when they happened. Throws `not-found`. */
export async function readExchange(scope: Scope, exchangeId: string): Promise<ExchangeDetail> {
	const [row] = await transact(scope, (tx) =>
		tx.sql<Row>(
			`select x."id", x."at", x."runId", x."connectionId", c."name" as "connectionName", x."method", x."url", x."status",
			   x."durationMs", x."error", x."truncated", x."place", p."content"
			 from "Exchange" x join "Exchange" p on p."accountId" = x."accountId" and p."id" = x."packId"
			 join "Connection" c on c."accountId" = x."accountId" and c."id" = x."connectionId"
			 where x."accountId" = $1 and x."id" = $2`,
			[scope.accountId, exchangeId],
		),
	);
	if (!row) throw new AppError("not-found", { thing: "request" });
	const { content: packed, place, connectionId, connectionName, ...exchange } = row;
	const parts = content.parse(pack.parse(JSON.parse(gunzipSync(packed).toString("utf8")))[place]);
	return { ...exchange, ...parts, connection: { id: connectionId, name: connectionName }, curl: curlOf(row, parts) };
}

/** The request as a person would type it. What was masked stays masked. */
export function curlOf(
	{ method, url }: { method: string; url: string },
	{ requestHeaders, requestBody }: Pick<z.output<typeof content>, "requestHeaders" | "requestBody">,
): string {
	const parts = [`curl -X ${method} ${quote(url)}`];
	for (const [name, value] of Object.entries(requestHeaders)) parts.push(`-H ${quote(`${name}: ${value}`)}`);
	if (requestBody !== "") parts.push(`--data-raw ${quote(requestBody)}`);
	return parts.join(" \\\n  ");
}

function quote(text: string): string {
	return `'${text.replaceAll("'", `'\\''`)}'`;
}
