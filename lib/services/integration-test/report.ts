/** The report of a guided test, as a file and as a mail: flows, times and numbers; no secrets, nothing of a shopper. */
import type { CsvFile } from "@/lib/api/contract/export";
import { audit } from "@/lib/db/audit";
import type { Scope } from "@/lib/db/scope";
import { transact } from "@/lib/db/transact";
import { env } from "@/lib/env";
import { trySendMail } from "@/lib/mail";
import { exportTable, wholePage } from "../export-table";
import { readTest, type TestDetail } from "./read-test";

interface Line {
	flow: string;
	subject: string;
	what: string;
	at: Date | null;
	note: string;
}

function linesOf({ steps }: TestDetail): Line[] {
	return steps.flatMap(({ title, subject, ticks }) =>
		ticks.map((tick) => ({
			...{ flow: title, subject, what: tick.title, note: tick.note },
			at: tick.at ? new Date(tick.at) : null,
		})),
	);
}

export async function exportTest(scope: Scope, testId: string): Promise<CsvFile> {
	const test = await readTest(scope, testId);
	return exportTable(scope, {
		table: "integration-test",
		filter: { testId },
		page: async () => wholePage(linesOf(test)),
		columns: [
			["Cart", () => test.source.name],
			["Warehouse", () => test.destination.name],
			["Flow", (line) => line.flow],
			["Tested with", (line) => line.subject],
			["What was watched for", (line) => line.what],
			["Seen", (line) => (line.at ? "yes" : "no")],
			["At", (line) => line.at],
			["Note", (line) => line.note],
		],
	});
}

const resultWords = {
	running: "is under way",
	passed: "passed",
	ended: "was ended before everything was seen",
} as const;

/** Mails the report to each address by itself. */
export async function sendReport(
	scope: Scope,
	testId: string,
	given: string[],
): Promise<{ mailed: number; failed: number }> {
	const test = await readTest(scope, testId);
	const emails = [...new Set(given.map((email) => email.toLowerCase()))];
	await transact(scope, (tx) =>
		audit(tx, scope, {
			action: "integration-test.report-sent",
			subjectType: "connection",
			subjectId: test.source.id,
			merchantId: test.merchant.id,
			after: { emails },
		}),
	);
	const sent: boolean[] = [];
	for (const to of emails) sent.push(await trySendMail({ to, ...mailOf(scope, test) }));
	const mailed = sent.filter(Boolean).length;
	return { mailed, failed: sent.length - mailed };
}

function mailOf(scope: Scope, test: TestDetail) {
	const { source, destination, state, done, of } = test;
	const lines = test.steps.map(({ title, subject, ticks }) => {
		const seen = ticks.map(({ title: what, at, note }) =>
			at ? `${what} at ${new Date(at).toISOString()}${note && ` (${note})`}` : `${what}: not seen`,
		);
		return `${title}${subject && `, with ${subject}`}: ${seen.join("; ")}.`;
	});
	return {
		subject: `Integration test of ${source.name} and ${destination.name}: ${done} of ${of}`,
		intro: [
			`The test of ${source.name} (${source.connector}) and ${destination.name} (${destination.connector}) ${resultWords[state]}: ${done} of ${of} flows were seen from end to end. Times are UTC.`,
			...lines,
		],
		button: {
			label: "Open the test",
			href: `${env().APP_URL}/${scope.accountId}/connections/${source.id}/test?test=${test.id}`,
		},
		outro: ["Crossdock set every mark itself, from what both systems answered."],
	};
}
