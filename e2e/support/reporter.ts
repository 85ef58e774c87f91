/** Prints each scenario with what it did and how long that took; leaves the counts to `npm test`. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import type { FullResult, Reporter, TestCase, TestResult, TestStep } from "@playwright/test/reporter";

/** What a step took is said from here on. */
const worthSayingMs = 1000;

export default class ScenarioReporter implements Reporter {
	private passed = 0;
	private failed = 0;
	private notRun = 0;

	onTestEnd(test: TestCase, result: TestResult): void {
		const well = result.status === test.expectedStatus && result.status !== "skipped";
		if (well) this.passed++;
		else if (result.status === "skipped") this.notRun++;
		else this.failed++;
		const word = well ? "ok    " : result.status === "skipped" ? "not run" : "FAILED";
		const title = test.titlePath().slice(2).filter(Boolean).join(" › ");
		print(`${word} ${title} (${seconds(result.duration)})`);
		for (const step of result.steps) printStep(step, "         ");
		for (const error of result.errors) print(error.stack ?? error.message ?? String(error.value));
		for (const { name, path: file } of result.attachments)
			if (file) print(`         ${name}: ${path.relative(process.cwd(), file)}`);
		for (const chunk of [...result.stdout, ...result.stderr]) process.stdout.write(chunk);
	}

	onError(error: { message?: string; stack?: string }): void {
		print(error.stack ?? error.message ?? "an error without words");
	}

	onEnd(result: FullResult): void {
		if (result.status !== "passed" && this.failed === 0) this.failed = 1;
		const file = process.env.CROSSDOCK_COUNTS;
		if (file) writeFileSync(file, JSON.stringify({ passed: this.passed, failed: this.failed }));
		const rest = this.notRun > 0 ? `, ${this.notRun} not run` : "";
		print(`${this.passed} browser tests passed, ${this.failed} failed${rest} (${seconds(result.duration)})`);
	}

	printsToStdio(): boolean {
		return true;
	}
}

function printStep(step: TestStep, indent: string): void {
	if (step.category !== "test.step") return;
	const took = step.duration >= worthSayingMs ? ` (${seconds(step.duration)})` : "";
	print(`${indent}${step.error ? "✗" : "·"} ${step.title}${took}`);
	for (const inner of step.steps) printStep(inner, `${indent}  `);
}

function seconds(ms: number): string {
	return `${(ms / 1000).toFixed(1)} s`;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
