/**
 * OpenTelemetry traces of runs, of calls to partners and of API requests: off, and costing next to nothing, until
 * OTEL_EXPORTER_OTLP_ENDPOINT names a collector. Spans carry ids, words of ours and counts; no addresses that could
 * hold a secret, no bodies, no names.
 */
import { type Attributes, context, propagation, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { env } from "./env";

const tracer = () => trace.getTracer("crossdock");
let started: Promise<{ stop(): Promise<void> }> | undefined;

/** Begins to send traces, when a collector is named. What sends them is loaded only then. */
export async function startTracing(service: "crossdock-web" | "crossdock-worker"): Promise<void> {
	const endpoint = env().OTEL_EXPORTER_OTLP_ENDPOINT;
	if (!endpoint) return;
	started ??= import("./trace-export").then(({ register }) => register(endpoint, service));
	await started;
}

/** Sends what has gathered, and ends. */
export async function stopTracing(): Promise<void> {
	await (await started)?.stop();
	started = undefined;
}

/** A span around the work; what the work throws marks it as failed, by its name only. */
export function traced<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> {
	return tracer().startActiveSpan(name, { attributes, kind: SpanKind.INTERNAL }, (span) => ended(span, work));
}

/** The same for a request that came in: it joins the trace that the request says it belongs to. */
export function tracedRequest<T>(
	headers: Headers,
	attributes: Attributes,
	work: (span: Span) => Promise<T>,
): Promise<T> {
	const given = headers.get("traceparent");
	const parent = given ? propagation.extract(context.active(), { traceparent: given }) : context.active();
	const options = { attributes, kind: SpanKind.SERVER };
	return tracer().startActiveSpan("API request", options, parent, (span) => ended(span, work));
}

async function ended<T>(span: Span, work: (span: Span) => Promise<T>): Promise<T> {
	try {
		return await work(span);
	} catch (error) {
		span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "unknown" });
		throw error;
	} finally {
		span.end();
	}
}

/** A call to a partner that is over: under the span that made it. */
export function traceCall(call: {
	system: string;
	method: string;
	status?: number;
	exchangeId: string;
	at: Date;
	durationMs: number;
}): void {
	const attributes: Attributes = {
		"http.request.method": call.method,
		"crossdock.system": call.system,
		"crossdock.exchange_id": call.exchangeId,
		...(call.status !== undefined && { "http.response.status_code": call.status }),
	};
	// The worker's clock goes by the database's; a trace goes by this machine's.
	const endedAt = Date.now();
	const span = tracer().startSpan(`${call.method} ${call.system}`, {
		...{ attributes, kind: SpanKind.CLIENT },
		startTime: endedAt - call.durationMs,
	});
	if (call.status === undefined || call.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
	span.end(endedAt);
}
