import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { handleApi } from "./api/serve/handle";
import { testDatabase } from "./testing/database";
import { testJourney } from "./testing/journey";
import { startTracing, stopTracing } from "./trace";

interface Span {
	name: string;
	traceId: string;
	spanId: string;
	parentSpanId?: string;
	attributes: { key: string; value: object }[];
}

const received: { path: string; body: string }[] = [];
const collector = createServer((request, response) => {
	const chunks: Buffer[] = [];
	request.on("data", (chunk) => chunks.push(chunk));
	request.on("end", () => {
		received.push({ path: request.url ?? "", body: Buffer.concat(chunks).toString() });
		response.writeHead(200, { "content-type": "application/json" }).end("{}");
	});
});
await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
const port = (collector.address() as AddressInfo).port;
afterAll(() => void collector.close());

testDatabase({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` });
const journey = testJourney();
beforeAll(() => startTracing("crossdock-worker"));

function spans(): Span[] {
	return received.flatMap(({ body }) =>
		JSON.parse(body).resourceSpans.flatMap(({ scopeSpans }: { scopeSpans: { spans: Span[] }[] }) =>
			scopeSpans.flatMap((scope) => scope.spans),
		),
	);
}

describe("traces", () => {
	it("show a run with its calls, and a request in the trace it came from, and nothing secret or personal", async () => {
		const placed = journey.place();
		await journey.download();
		await journey.deliver();
		const traceId = "0af7651916cd43dd8448eb211c80319c";
		await handleApi(
			new Request("http://127.0.0.1:3000/api/v1/me?secret=do-not-tell", {
				headers: { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
			}),
		);
		await stopTracing();
		expect(new Set(received.map(({ path }) => path))).toEqual(new Set(["/v1/traces"]));
		const run = spans().find(({ name }) => name === "run orders/deliver");
		const call = spans().find(({ name, parentSpanId }) => name === "POST extensiv-3pl" && parentSpanId === run?.spanId);
		expect(call?.traceId).toBe(run?.traceId);
		expect(call?.attributes.map(({ key }) => key)).toEqual(
			expect.arrayContaining(["http.request.method", "http.response.status_code", "crossdock.exchange_id"]),
		);
		expect(spans().find(({ name }) => name === "API request")?.traceId).toBe(traceId);
		const sent = JSON.stringify(received);
		const { apiKey } = journey.shop.settings;
		const { clientSecret, tplKey } = journey.warehouse.settings;
		for (const secret of [apiKey, clientSecret, tplKey, "do-not-tell", "Ann", placed.code, "admin-api"])
			expect(sent).not.toContain(secret);
	});
});
