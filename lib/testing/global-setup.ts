import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/db/migrate";
import { startTestPostgres } from "./postgres";

/** One server and one migrated template for the whole run; each test file clones its own database from it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
	const postgres = await startTestPostgres();
	try {
		await migrate(postgres.url("template"));
	} catch (error) {
		await postgres.stop();
		throw error;
	}
	project.provide("postgresUrl", postgres.url("postgres"));
	return postgres.stop;
}

declare module "vitest" {
	export interface ProvidedContext {
		postgresUrl: string;
	}
}
