/** Which browser the tests drive: what is on the machine, else one out of a package. Nothing is downloaded. */
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type LaunchOptions } from "@playwright/test";

/** Quiet towards the outside: only loopback exists for the browser. */
const args = [
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-domain-reliability",
	"--disable-sync",
	"--no-pings",
	"--font-render-hinting=none",
	"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
];
const system = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map(
	(name) => `/usr/bin/${name}`,
);

/** How to start the browser. The first call on a machine may unpack one, which takes some seconds. */
export async function findBrowser(): Promise<LaunchOptions> {
	const found = [chromium.executablePath(), ...system].find((file) => existsSync(file));
	if (found) return { executablePath: found, args };
	const folder = await unpack();
	return {
		executablePath: path.join(folder, "chromium"),
		args: [...args, "--disable-gpu"],
		// The libraries and fonts that a machine without a desktop may lack.
		env: {
			...given(),
			LD_LIBRARY_PATH: [process.env.LD_LIBRARY_PATH, path.join(folder, "al2023/lib")].filter(Boolean).join(":"),
			FONTCONFIG_FILE: path.join(folder, "fonts.conf"),
		},
	};
}

function given(): Record<string, string> {
	return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => !!entry[1]));
}

/** Unpacks the package's browser once per version and user; beside, then renamed, so that no half of it is ever used. */
async function unpack(): Promise<string> {
	const root = path.resolve(import.meta.dirname, "../..");
	const packageFile = path.join(root, "node_modules/@sparticuz/chromium/package.json");
	const { version } = JSON.parse(readFileSync(packageFile, "utf8"));
	const folder = path.join(tmpdir(), `crossdock-browser-${version}-${process.getuid?.() ?? "user"}`);
	if (existsSync(folder)) return folder;
	const fresh = mkdtempSync(`${folder}-`);
	await unpackInto(fresh);
	writeFileSync(path.join(fresh, "fonts.conf"), fontsConf(folder));
	try {
		renameSync(fresh, folder);
	} catch (error) {
		// Another run was quicker.
		rmSync(fresh, { recursive: true, force: true });
		if (!existsSync(folder)) throw error;
	}
	return folder;
}

/** The package unpacks into the folder for temporary files, and its libraries only where it sees its usual host. */
async function unpackInto(folder: string): Promise<void> {
	const names = ["TMPDIR", "AWS_EXECUTION_ENV", "LD_LIBRARY_PATH", "FONTCONFIG_PATH", "HOME"];
	const before = names.map((name) => [name, process.env[name]] as const);
	Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "22.x" });
	try {
		const { default: packed } = await import("@sparticuz/chromium");
		await packed.executablePath();
	} finally {
		for (const [name, value] of before) {
			if (value === undefined) delete process.env[name];
			else process.env[name] = value;
		}
	}
}

function fontsConf(folder: string): string {
	return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
	<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
	<dir>${folder}/fonts/fonts</dir>
	<cachedir>${folder}/font-cache</cachedir>
</fontconfig>
`;
}
