import { readFile } from "node:fs/promises";
import path from "node:path";

/** The set-up page's text: the README beside the connector, as Markdown. Empty when it has none. */
export async function readGuide(connectorKey: string): Promise<string> {
	if (!/^[a-z0-9-]+$/.test(connectorKey)) return "";
	const file = path.join(process.cwd(), "lib", "connectors", connectorKey, "README.md");
	return readFile(file, "utf8").catch(() => "");
}
