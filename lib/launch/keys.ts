import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Keys that the environment does not give are made once and kept where only this user reads them. */
export function ownKeys(folder: string, say: (line: string) => void): Record<string, string> {
	const keys: Record<string, string> = {};
	for (const name of ["ENCRYPTION_KEY", "AUTH_SECRET"]) {
		if (process.env[name]) continue;
		const file = path.join(folder, name.toLowerCase());
		if (!existsSync(file)) {
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600 });
			say(
				`${name} made and kept in ${path.relative(process.cwd(), folder)}: back it up, secrets cannot be read without it`,
			);
		}
		keys[name] = readFileSync(file, "utf8");
	}
	return keys;
}
