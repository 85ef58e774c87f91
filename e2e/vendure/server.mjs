// A real Vendure shop on loopback, for tests: in memory, without telemetry, gone when its parent is gone.
// Prints one line of JSON when it is ready: {"port": 12345}.
import { createRequire } from "node:module";

process.env.VENDURE_DISABLE_TELEMETRY = "true";
// A pipe from the parent that ends, in whatever way the parent ends.
process.stdin.resume().once("close", () => process.exit(0));

const { bootstrap, DefaultLogger, dummyPaymentHandler, LogLevel } = createRequire(import.meta.url)("@vendure/core");

const app = await bootstrap({
	apiOptions: {
		hostname: "127.0.0.1",
		port: Number(process.env.PORT ?? 0),
		cors: false,
		adminApiPath: "admin-api",
		shopApiPath: "shop-api",
	},
	authOptions: {
		tokenMethod: ["bearer", "api-key"],
		requireVerification: false,
		superadminCredentials: { identifier: "superadmin", password: process.env.VENDURE_PASSWORD ?? "superadmin" },
	},
	dbConnectionOptions: { type: "sqljs", synchronize: true, autoSave: false },
	paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
	logger: new DefaultLogger({ level: LogLevel.Error, timestamp: false }),
	plugins: [],
});
console.log(JSON.stringify({ port: app.getHttpServer().address().port }));
