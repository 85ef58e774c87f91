/** @type {import("next").NextConfig} */
export default {
	distDir: process.env.NEXT_DIST_DIR ?? ".next",
	// Types are checked by `npm test` with the project's own compiler.
	// Next adds its own folders to the file it is given; the real tsconfig.json stays as it is.
	typescript: { ignoreBuildErrors: true, tsconfigPath: ".next/tsconfig.json" },
	serverExternalPackages: [
		"pg",
		"pino",
		"@opentelemetry/exporter-trace-otlp-http",
		"@opentelemetry/sdk-trace-node",
		"rate-limiter-flexible",
		"undici",
	],
	poweredByHeader: false,
	reactStrictMode: true,
};
