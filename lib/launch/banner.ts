export interface Facts {
	address: string;
	/** Signs the demo's administrator in, once. */
	signInLink: string | undefined;
	inbox: string | undefined;
	/** The folder of the data when it is not the usual one. */
	otherFolder: string | undefined;
	demo: boolean;
	bold: boolean;
}

/** What a person reads when everything runs. Plain where standard output is no terminal. */
export function banner(facts: Facts): string {
	const mark = (text: string) => (facts.bold ? `\x1b[1m${text}\x1b[0m` : text);
	const rows: [string, string][] = [["Crossdock runs at", mark(facts.address)]];
	if (facts.signInLink)
		rows.push([
			"Sign in to the demo",
			`${facts.signInLink}\n(works once, within 15 minutes; the next start prints a new one)`,
		]);
	else rows.push(["Sign in", "with your mail address; the link comes by mail"]);
	if (facts.inbox) rows.push(["Mail inbox", facts.inbox]);
	if (facts.otherFolder) rows.push(["Data", `${facts.otherFolder}, because another copy runs from this folder`]);
	if (facts.demo) rows.push(["Without the demo", "npm start -- --no-demo"]);
	rows.push(["End", "Ctrl-C"]);
	const width = Math.max(...rows.map(([name]) => name.length)) + 3;
	const lines = rows.map(
		([name, text]) => `  ${name.padEnd(width)}${text.replaceAll("\n", `\n  ${" ".repeat(width)}`)}`,
	);
	return `\n${lines.join("\n")}\n`;
}
