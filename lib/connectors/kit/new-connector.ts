/**
 * `npm run connector:new <key> [name]`: copies the template under a new name and adds it to the registry. The copy
 * passes the conformance suite as it is; from there each file is replaced from the inside out.
 */
import { cp, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** Throws with a sentence for the person at the terminal. Returns the new folder. */
export async function newConnector(given: { key: string; name?: string; connectors: string }): Promise<string> {
	const { key, connectors } = given;
	if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(key))
		throw new Error(`"${key}" is no key. Use lower-case words joined by hyphens, such as acme-wms.`);
	const folder = path.join(connectors, key);
	if (await exists(folder)) throw new Error(`${folder} exists already. Choose another key, or remove the folder.`);
	if (/["'`\\\n$]/.test(given.name ?? ""))
		throw new Error("Give the name without quotes; it is put into code as it is.");
	const words = key.split("-").map((word) => word.charAt(0).toUpperCase() + word.slice(1));
	const camel = words.join("").replace(/^./, (first) => first.toLowerCase());
	const name = given.name?.trim() || words.join(" ");
	await cp(path.join(connectors, "template"), folder, { recursive: true });
	await rename(path.join(folder, "template.test.ts"), path.join(folder, `${key}.test.ts`));
	for (const file of await readdir(folder)) {
		const text = await readFile(path.join(folder, file), "utf8");
		const renamed = text
			.replaceAll('key: "template"', `key: "${key}"`)
			.replaceAll("Example Cart", name)
			.replace(/\btemplate\b/g, camel)
			.replace(/ This folder is what `npm run connector:new` copies:.*$/m, "");
		await writeFile(path.join(folder, file), renamed);
	}
	const registry = path.join(connectors, "index.ts");
	await writeFile(registry, registered(await readFile(registry, "utf8"), { key, camel }));
	return folder;
}

/** The registry with one import and one line more. */
function registered(source: string, { key, camel }: { key: string; camel: string }): string {
	const list = /(const connectors: Connector\[\] = \[)([^\]]*?)(,?\s*)\]/;
	if (!list.test(source)) throw new Error("The list in the registry was not found. Add the connector there by hand.");
	const imports = source.match(/^import .*$/gm) ?? [];
	const line = `import { ${camel} } from "./${key}";`;
	const after = imports.filter((one) => (/from "(.*)"/.exec(one)?.[1] ?? "") < `./${key}`).at(-1);
	const withImport = after ? source.replace(after, `${after}\n${line}`) : `${line}\n${source}`;
	return withImport.replace(list, (_, open, entries, end) => {
		const indent = /\n\s*/.exec(entries)?.[0] ?? " ";
		return `${open}${entries},${indent}erased(${camel})${end}]`;
	});
}

async function exists(file: string): Promise<boolean> {
	return stat(file).then(
		() => true,
		() => false,
	);
}

async function main([key, ...name]: string[]): Promise<void> {
	if (!key) throw new Error("Say which system it is for: npm run connector:new acme-wms");
	const folder = await newConnector({ key, name: name.join(" "), connectors: path.resolve("lib/connectors") });
	const place = path.relative(process.cwd(), folder);
	console.log(`Made ${place} and added it to lib/connectors/index.ts.`);
	console.log(`Try it: npx vitest run --config .config/vitest.config.ts ${place}`);
	console.log("Then write api.ts from two sample answers, sandbox.ts, map.ts and index.ts, in this order.");
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
	main(process.argv.slice(2)).catch((error: Error) => {
		console.error(error.message);
		process.exitCode = 1;
	});
}
