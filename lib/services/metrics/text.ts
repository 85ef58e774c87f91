/** The text form that Prometheus reads (version 0.0.4). */
export interface Metric {
	/** Starts with crossdock_ and ends with its unit. */
	name: string;
	help: string;
	samples: { labels?: Record<string, string>; value: number }[];
}

export function metricsText(metrics: Metric[]): string {
	const lines = metrics.flatMap(({ name, help, samples }) => [
		`# HELP ${name} ${help}`,
		`# TYPE ${name} gauge`,
		...samples.map(({ labels, value }) => `${name}${labelText(labels ?? {})} ${value}`),
	]);
	return `${lines.join("\n")}\n`;
}

function labelText(labels: Record<string, string>): string {
	const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
	return pairs.length > 0 ? `{${pairs.join(",")}}` : "";
}

function escaped(value: string): string {
	return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
