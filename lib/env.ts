/**
 * The one reader of the environment. Every value is checked once, on first use; a missing or bad value names
 * itself, says what is wrong with it and how to mend it.
 */
import { readFileSync } from "node:fs";
import { z } from "zod";

const key32 = z.string().refine((value) => Buffer.from(value, "base64").length === 32, {
	message: "must be 32 random bytes in base64. Make one with: openssl rand -base64 32",
});
const whole = (least: number, most: number) =>
	z.coerce
		.number("must be a number")
		.int("must be a whole number")
		.min(least, `must be at least ${least}`)
		.max(most, `must be at most ${most}`);

const schema = z.object({
	NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
	/** Owner of the database: migrations, the queue, and the roles the app works in. */
	DATABASE_URL: z.url({
		protocol: /^postgres(ql)?$/,
		error: "must be the address of a PostgreSQL database, such as postgres://user:password@host:5432/crossdock",
	}),
	DATABASE_APP_ROLE: z
		.string()
		.regex(/^[a-z_][a-z0-9_]*$/, "must be the name of a database role")
		.default("crossdock_app"),
	DATABASE_POOL_MAX: whole(2, 200).default(10),
	SMTP_URL: z
		.url({ protocol: /^smtps?$/, error: "must be a mail server's address, such as smtp://user:password@host:587" })
		.optional(),
	MAIL_FROM: z.string().default("Crossdock <crossdock@localhost>"),
	APP_URL: z
		.url({ protocol: /^https?$/, error: "must be the address people open, such as https://crossdock.example" })
		.default("http://127.0.0.1:3000"),
	ENCRYPTION_KEY: key32.optional(),
	/** The master key before, while `npm run rotate-key` has not moved every account to the present one. */
	ENCRYPTION_KEY_OLD: key32.optional(),
	AUTH_SECRET: z.string().min(32, "must be at least 32 characters").optional(),
	/** Host names that connections may reach although they are private, separated by commas. */
	PRIVATE_HOSTS: z
		.string()
		.default("")
		.transform((value) =>
			value
				.split(",")
				.map((host) => host.trim())
				.filter(Boolean),
		),
	/** How often one key, one session or, without either, one network may ask the API. */
	API_REQUESTS_PER_MINUTE: whole(1, 1_000_000).default(600),
	/** How long a partner may take for one answer, in seconds; after that the outcome of a write is unknown. */
	PARTNER_TIMEOUT_SECONDS: whole(1, 300).default(30),
	/** Who gives it as a bearer token may read /api/metrics; without it, only this machine may. */
	METRICS_TOKEN: z.string().min(16, "must be at least 16 characters. Make one with: openssl rand -hex 24").optional(),
	/** Where an OpenTelemetry collector takes traces by OTLP over HTTP; without it there are none. */
	OTEL_EXPORTER_OTLP_ENDPOINT: z
		.url({ protocol: /^https?$/, error: "must be the address of a collector, such as http://127.0.0.1:4318" })
		.optional(),
	WORKER_CONCURRENCY: whole(1, 100).default(4),
	/** Factor on the waits between tries; below 1 only where time is short, as in tests. */
	RETRY_SCALE: z.coerce.number().min(0).max(10).default(1),
	/** A worker whose heartbeat is older than this, and whose lock is free, counts as dead. */
	WORKER_GRACE_SECONDS: whole(1, 600).default(15),
	LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});
export type Env = z.output<typeof schema>;

/** Checks a set of values; throws one error that names every bad one. */
export function parseEnv(values: Record<string, string | undefined>): Env {
	const given = withFiles(
		Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== "")),
	);
	const parsed = schema.safeParse(given);
	if (parsed.success) return parsed.data;
	const lines = parsed.error.issues.map((issue) => {
		const name = String(issue.path[0]);
		return name in given ? `${name} ${issue.message}` : `${name} is missing: it ${issue.message}`;
	});
	throw new Error(`The environment cannot be used:\n  ${lines.join("\n  ")}`);
}

/** Values that may lie in a file, as container platforms hand over secrets: NAME_FILE names it. */
const mayBeFiles = [
	"METRICS_TOKEN",
	"ENCRYPTION_KEY",
	"ENCRYPTION_KEY_OLD",
	"AUTH_SECRET",
	"DATABASE_URL",
	"SMTP_URL",
] as const;

/** The values given, with those that lie in files read. Throws when a file cannot be read. */
export function withFiles(given: Record<string, string | undefined>): Record<string, string | undefined> {
	const read = mayBeFiles.flatMap((name) => {
		const file = given[`${name}_FILE`];
		if (!file || given[name]) return [];
		try {
			return [[name, readFileSync(file, "utf8").trim()]];
		} catch {
			throw new Error(`The environment cannot be used:\n  ${name}_FILE names a file that cannot be read: ${file}`);
		}
	});
	return { ...given, ...Object.fromEntries(read) };
}

let parsed: Env | undefined;

export function env(): Env {
	parsed ??= kept(parseEnv(process.env));
	return parsed;
}

/** Replaces values for the rest of the process: for those who make their database at run time. */
export function overrideEnv(values: Record<string, string>): void {
	parsed = kept(parseEnv({ ...process.env, ...values }));
}

function kept(values: Env): Env {
	// next-auth reads its own address from the environment, and from nowhere else.
	process.env.NEXTAUTH_URL = values.APP_URL;
	return values;
}
