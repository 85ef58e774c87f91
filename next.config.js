/** @type {import("next").NextConfig} */
export default {
	distDir: process.env.NEXT_DIST_DIR ?? ".next",
	// Types are checked by `npm test` with the project's own compiler.
	typescript: { ignoreBuildErrors: true },
	serverExternalPackages: ["pg", "pino", "undici"],
	poweredByHeader: false,
	reactStrictMode: true,
};
