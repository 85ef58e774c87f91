import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The text of what raises alerts: everything that the clock and people do. */
export function alertSources(): string[] {
	const root = path.resolve(import.meta.dirname, "../..");
	return ["lib/flow", "lib/services", "workers"].flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
			.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
			.map((file) => readFileSync(path.join(root, folder, file), "utf8")),
	);
}
