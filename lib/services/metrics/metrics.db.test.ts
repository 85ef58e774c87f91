import { describe, expect, it } from "vitest";
import { newId } from "@/lib/db/ids";
import { systemPool } from "@/lib/db/pools";
import { env, overrideEnv } from "@/lib/env";
import { answerProbe, readHealth } from "@/lib/services/health/read-health";
import { testDatabase } from "@/lib/testing/database";
import { testJourney } from "@/lib/testing/journey";
import { runFlow } from "@/lib/testing/tenant";
import { measure } from "./read-metrics";
import { serveMetrics } from "./serve-metrics";

const database = testDatabase();
const journey = testJourney();

const ask = (headers: Record<string, string>) =>
	serveMetrics(new Request("http://127.0.0.1:3000/api/metrics", { headers }));

/** The value of the one sample whose line begins so. */
function sample(text: string, begins: string): number | undefined {
	const line = text.split("\n").find((one) => one.startsWith(`${begins} `) || one.startsWith(`${begins}{`));
	return line === undefined ? undefined : Number(line.slice(line.lastIndexOf(" ") + 1));
}

describe("the metrics", () => {
	it("tell what each function did, by connector, and nothing about anybody", async () => {
		const [good, bad] = [journey.place(), journey.place([{ sku: "UNKNOWN-SKU", quantity: 1 }])];
		await journey.download();
		await journey.deliver();
		const text = await measure();
		const { tenant, cart } = journey;
		expect(text).toMatch(/crossdock_runs_last_hour\{job="orders\/download",connector="vendure",state="done"\} \d/);
		expect(text).toMatch(
			/crossdock_runs_last_hour\{job="orders\/deliver",connector="extensiv-3pl",state="done_with_problems"\} 1/,
		);
		expect(text).toMatch(
			/crossdock_records_last_hour\{job="orders\/deliver",connector="extensiv-3pl",kind="created"\} 1/,
		);
		expect(text).toMatch(
			/crossdock_failed_attempts_last_hour\{action="deliver",connector="extensiv-3pl",fault="permanent"\} 1/,
		);
		expect(text).toMatch(/crossdock_deliveries_open\{state="refused",connector="extensiv-3pl"\} 1/);
		expect(text).toMatch(/crossdock_alerts_open\{code="unknown-sku",side="mapping"\} 1/);
		expect(text).toMatch(/crossdock_orders_waiting\{status="error",held="false"\} 1/);
		for (const name of [good.code, bad.code, "Blue Kettle", "Ann", tenant.accountId, tenant.merchantId, cart.id])
			expect(text).not.toContain(name);
	});

	it("are in the form that Prometheus reads, each described once", async () => {
		const lines = (await measure()).trimEnd().split("\n");
		const names = lines.flatMap((line) => /^# TYPE (\S+) gauge$/.exec(line)?.[1] ?? []);
		expect(new Set(names).size).toBe(names.length);
		expect(names.length).toBeGreaterThan(12);
		const form = /^(crossdock_[a-z_]+)(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? -?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/;
		for (const line of lines.filter((one) => !one.startsWith("#"))) {
			expect(line).toMatch(form);
			expect(names).toContain(form.exec(line)?.[1]);
		}
	});

	it("show the queue, what lags in it, and who works", async () => {
		await systemPool().query(
			`insert into "Worker" ("id", "host", "version", "queueIds", "startedAt", "heartbeatAt") values ($1, 'h', '1', '{}', now(), now())`,
			[newId("wrk")],
		);
		journey.place();
		await journey.download();
		const text = await measure();
		expect(sample(text, "crossdock_workers_alive")).toBe(1);
		expect(text).toMatch(/crossdock_queue_jobs\{task="orders\/deliver",state="waiting"\} [1-9]/);
		await runFlow(journey.tenant, journey.wms, "inventory/fetch");
		expect(await readHealth()).toMatchObject({ ok: true, ready: true, workers: 1, queue: { due: expect.any(Number) } });
	});
});

describe("the address of the metrics", () => {
	it("is there for this machine only, as long as there is no token", async () => {
		expect((await ask({ "x-forwarded-for": "127.0.0.1" })).status).toBe(200);
		for (const from of ["203.0.113.7", "10.0.0.4", "127.0.0.1, 203.0.113.7", ""])
			expect((await ask(from ? { "x-forwarded-for": from } : {})).status, from).toBe(404);
	});

	it("is there for whoever has the token, wherever they are, and for nobody else", async () => {
		const token = "0123456789abcdef0123";
		const before = env();
		const kept = {
			DATABASE_URL: database.url(),
			ENCRYPTION_KEY: before.ENCRYPTION_KEY ?? "",
			AUTH_SECRET: before.AUTH_SECRET ?? "",
		};
		overrideEnv({ ...kept, METRICS_TOKEN: token });
		try {
			expect((await ask({ authorization: `Bearer ${token}`, "x-forwarded-for": "203.0.113.7" })).status).toBe(200);
			expect((await ask({ "x-forwarded-for": "127.0.0.1" })).status).toBe(404);
			expect((await ask({ authorization: "Bearer wrong" })).status).toBe(404);
		} finally {
			overrideEnv(kept);
		}
	});
});

describe("the probes", () => {
	it("live asks nobody, ready asks the database, the whole wants a worker too", async () => {
		expect((await answerProbe("live")).status).toBe(200);
		expect((await answerProbe("ready")).status).toBe(200);
		await systemPool().query(`delete from "Worker"`);
		expect((await answerProbe("ready")).status).toBe(200);
		expect((await answerProbe("all")).status).toBe(503);
	});
});
