import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";

interface Making {
	say: (line: string) => void;
	/** False beside a database of one's own: keys that nobody keeps would lose its secrets with this folder. */
	mayMake: boolean;
}

/**
 * Keys that the environment does not give are made once and kept where only this user reads them. Throws a sentence
 * when one is missing and must not be made.
 */
export function ownKeys(folder: string, { say, mayMake }: Making): Record<string, string> {
	const keys: Record<string, string> = {};
	for (const name of ["ENCRYPTION_KEY", "AUTH_SECRET"]) {
		if (process.env[name] || process.env[`${name}_FILE`]) continue;
		const file = path.join(folder, name.toLowerCase());
		if (!existsSync(file)) {
			if (!mayMake) throw new Error(missing(name));
			mkdirSync(folder, { recursive: true, mode: 0o700 });
			writeFileSync(file, randomBytes(32).toString("base64"), { mode: 0o600 });
			say(
				`${name} made and kept in ${path.relative(process.cwd(), folder)}: back it up, secrets cannot be read without it`,
			);
		}
		keys[name] = readFileSync(file, "utf8");
	}
	const old = oldKeyFile(folder);
	// A rotation was stopped halfway: accounts are read with either key until it is run to its end.
	if (keys.ENCRYPTION_KEY && existsSync(old)) keys.ENCRYPTION_KEY_OLD = readFileSync(old, "utf8");
	return keys;
}

function missing(name: string): string {
	return (
		`${name} is missing. With a database of your own, keep the keys yourself: without them its secrets cannot be read.\n` +
		`  Set ENCRYPTION_KEY and AUTH_SECRET, each made with: openssl rand -base64 32\n` +
		"  (or name files that hold them: ENCRYPTION_KEY_FILE, AUTH_SECRET_FILE)"
	);
}

/** Where the master key before lies while a rotation is under way. */
export function oldKeyFile(folder: string): string {
	return path.join(folder, "encryption_key_old");
}

/** Puts a new master key in place of the one in the folder, which stays beside it; goes on with one begun earlier. */
export function beginRotation(folder: string): void {
	const [file, old] = [path.join(folder, "encryption_key"), oldKeyFile(folder)];
	if (!existsSync(old)) {
		if (!existsSync(file)) throw new Error(`There is no master key in ${folder} yet: start Crossdock once.`);
		// The new key is written whole before either name changes, so that no moment is without a key.
		const fresh = `${file}_new`;
		writeFileSync(fresh, randomBytes(32).toString("base64"), { mode: 0o600 });
		linkSync(file, old);
		renameSync(fresh, file);
	} else if (readFileSync(old, "utf8") === readFileSync(file, "utf8")) {
		// Stopped between the two steps above.
		writeFileSync(`${file}_new`, randomBytes(32).toString("base64"), { mode: 0o600 });
		renameSync(`${file}_new`, file);
	}
}
