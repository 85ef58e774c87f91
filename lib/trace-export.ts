/** Sends spans to a collector by OTLP over HTTP. Loaded only where one is named. */
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchSpanProcessor, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";

/** Headers, such as a collector's key, come from OTEL_EXPORTER_OTLP_HEADERS, which the library reads itself. */
export function register(endpoint: string, service: string): { stop(): Promise<void> } {
	const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, "")}/v1/traces` });
	const provider = new NodeTracerProvider({
		resource: resourceFromAttributes({ "service.name": service, "service.version": "0.1.0" }),
		spanProcessors: [new BatchSpanProcessor(exporter)],
	});
	provider.register();
	return { stop: () => provider.shutdown() };
}
