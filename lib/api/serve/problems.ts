/** Turns whatever an endpoint threw into the one form in which refusals leave: problem+json. */
import { ORPCError } from "@orpc/server";
import { z } from "zod";
import type { Problem } from "@/lib/api/contract/base";
import { AppError, type Facts } from "@/lib/errors/app-error";
import type { ErrorCodeInfo } from "@/lib/errors/code-info";
import { errorCodes } from "@/lib/errors/codes";
import { log } from "@/lib/log";

/** Where a problem arose: the request, and the account in its path, to which fix links lead. */
export interface Occasion {
	requestId: string;
	accountId?: string | undefined;
}

export function problemOf(error: unknown, occasion: Occasion): Problem {
	const known = asAppError(error);
	if (!known) {
		noteUnknown(error, occasion.requestId);
		return problemFrom(new AppError("unexpected", { requestId: occasion.requestId }), occasion);
	}
	return problemFrom(known, occasion);
}

/** An error as the answer to a request; who asked too often is told in the header, too, when to come back. */
export function refusal(error: unknown, occasion: Occasion): Response {
	const problem = problemOf(error, occasion);
	const headers = new Headers({ "content-type": "application/problem+json" });
	if (error instanceof AppError && error.facts.seconds) headers.set("retry-after", String(error.facts.seconds));
	return Response.json(problem, { status: problem.status, headers });
}

function problemFrom(error: AppError, occasion: Occasion): Problem {
	const info: ErrorCodeInfo = errorCodes[error.code];
	const href = info.fix && occasion.accountId && fixHref(info.fix, occasion.accountId, error.facts);
	return {
		type: `/errors/${error.code}`,
		title: info.meaning,
		status: info.status,
		code: error.code,
		detail: error.message,
		meaning: info.meaning,
		fix: { label: info.action, ...(href && { href }) },
		fields: error.fields,
		requestId: occasion.requestId,
	};
}

type Fix = NonNullable<ErrorCodeInfo["fix"]>;

/** Who may not come in yet is led to a page outside the account. */
function fixHref(fix: Fix, accountId: string, facts: Facts): string {
	return fix === "second-factor" ? `/second-factor?account=${accountId}` : `/${accountId}/${fixPath(fix, facts)}`;
}

function fixPath(fix: Fix, facts: Facts): string {
	if (fix === "connection") return facts.connectionId ? `connections/${facts.connectionId}` : "connections";
	if (fix === "order") return facts.orderId ? `orders/${facts.orderId}` : "orders";
	return fix === "people" || fix === "you" ? `settings/${fix}` : fix;
}

/** Our own errors, and what the library refuses before a verb is called. Everything else is unknown. */
function asAppError(error: unknown): AppError | null {
	if (error instanceof AppError) return error;
	if (isTaken(error)) return new AppError("conflict", { problem: "Somebody saved the same name at this moment." });
	if (!(error instanceof ORPCError) || error.status !== 400) return null;
	const parsed = inputIssues.safeParse(error.data);
	if (!parsed.success) return new AppError("malformed");
	const fields: Record<string, string> = {};
	for (const issue of parsed.data.issues) fields[issue.path.join(".") || "body"] ??= sentenceOf(issue);
	const [field = "body", problem = "cannot be used"] = Object.entries(fields)[0] ?? [];
	return new AppError("bad-input", { field, problem }, { fields });
}

/** Two saved what may exist once, and this was the later: every verb looks first, so only a tie comes here. */
function isTaken(error: unknown): boolean {
	return error instanceof Error && "code" in error && (error.code === "23505" || error.code === "P2002");
}

/** Our own messages are for people; the schema library's own are for programmers, and are said anew. */
function sentenceOf({ message, expected, values, origin, minimum, maximum }: Issue): string {
	if (!/^(Invalid|Too) /.test(message)) return message;
	const unit = origin === "string" ? " characters" : "";
	if (/received undefined$/.test(message)) return "is missing. Give it.";
	if (values) return `must be one of: ${values.join(", ")}.`;
	if (maximum !== undefined) return `must be at most ${maximum}${unit}. ${unit ? "Shorten it" : "Choose less"}.`;
	if (minimum !== undefined) return `must be at least ${minimum}${unit}. ${unit ? "Type more" : "Choose more"}.`;
	return expected ? `must be ${kinds[expected] ?? expected}.` : "cannot be used as it is. Correct it.";
}

const kinds: Record<string, string> = {
	string: "text",
	int: "a whole number",
	number: "a number",
	boolean: "true or false",
	object: "an object",
	record: "an object",
	array: "a list",
};

const pathPart = z.union([z.string(), z.number(), z.object({ key: z.union([z.string(), z.number()]) })]);
const inputIssue = z.object({
	message: z.string(),
	path: z
		.array(pathPart)
		.default([])
		.transform((path) => path.map((part) => String(typeof part === "object" ? part.key : part))),
	expected: z.string().optional().catch(undefined),
	values: z
		.array(z.union([z.string(), z.number()]))
		.optional()
		.catch(undefined),
	origin: z.string().optional().catch(undefined),
	minimum: z.number().optional().catch(undefined),
	maximum: z.number().optional().catch(undefined),
});
type Issue = z.output<typeof inputIssue>;
const inputIssues = z.object({ issues: z.array(inputIssue) });

/** Logged once, with the id that the person is told. Only names and places: messages and causes may hold data. */
function noteUnknown(error: unknown, requestId: string): void {
	if (isAborted(error)) {
		log().info({ requestId }, "who asked went away before the question was whole");
		return;
	}
	const facts = error instanceof Error ? { name: error.name, at: placesOf(error), ...issuesOf(error) } : {};
	log().error({ requestId, ...facts }, "a request failed");
}

/** What Node says of a request whose sender closed the connection in the middle of it: no fault of ours. */
function isAborted(error: unknown): boolean {
	return error instanceof Error && error.message === "aborted" && "code" in error && error.code === "ECONNRESET";
}

function placesOf(error: Error): string[] {
	return (error.stack ?? "")
		.split("\n")
		.filter((line) => line.trimStart().startsWith("at "))
		.slice(0, 8)
		.map((line) => line.trim());
}

/** Where an answer did not fit its contract: the fields, without their values. */
function issuesOf(error: Error): object {
	const parsed = inputIssues.safeParse(error.cause);
	return parsed.success
		? { issues: parsed.data.issues.map(({ path, message }) => `${path.join(".")}: ${message}`) }
		: {};
}
