import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Context, ErrorAnswer } from "../kit/types";
import { documents } from "./documents";
import type { VendureSettings } from "./settings";

const graphqlError = z.object({
	message: z.string(),
	path: z.array(z.union([z.string(), z.number()])).optional(),
	extensions: z.object({ code: z.string().nullish() }).nullish(),
});
const graphqlErrors = z.object({ errors: z.array(graphqlError).min(1) });

/** Vendure answers 200 also when it refuses or fails: a missing right is an entry in `errors`, not a status. */
function refusal(answer: ErrorAnswer, repeatable: boolean): ConnectorError | undefined {
	// Nearly every answer has none, and to be told so by the schema costs as much as all that is in the answer.
	if (typeof answer.body !== "object" || answer.body === null || !("errors" in answer.body)) return undefined;
	const parsed = graphqlErrors.safeParse(answer.body);
	const error = parsed.success ? parsed.data.errors[0] : undefined;
	if (!error) return undefined;
	const options = { exchangeId: answer.exchangeId, cause: error };
	const code = error.extensions?.code ?? "";
	if (code === "FORBIDDEN" || code === "UNAUTHENTICATED") {
		return new ConnectorError(
			{ kind: "auth", reason: "invalid" },
			"Vendure does not accept the API key, or its role lacks a right. Check both.",
			options,
		);
	}
	if (code === "INTERNAL_SERVER_ERROR" && answer.status >= 500) return undefined;
	// What the server did not expect, such as a failure of its database, has no code or this one.
	if (answer.status === 200 && (code === "" || code === "INTERNAL_SERVER_ERROR")) {
		return new ConnectorError(
			{ kind: "transient", sent: !repeatable },
			`Vendure failed: ${short(error.message)}. We try again by ourselves.`,
			options,
		);
	}
	return new ConnectorError(
		{ kind: "permanent", code: code || "GRAPHQL" },
		`Vendure refused the request: ${short(error.message)}. Correct it and resend.`,
		options,
	);
}

/** The field of the query that Vendure refused, such as `orders`; empty when it names none. */
export function refusedField(error: ConnectorError): string {
	const parsed = graphqlError.safeParse(error.cause);
	return parsed.success ? String(parsed.data.path?.[0] ?? "") : "";
}

/** Made once per shape: zod prepares a schema on its first use, and that costs more than the call itself. */
const answers = new WeakMap<z.ZodType, z.ZodType>();

function answerOf<T>(data: z.ZodType<T>): z.ZodType<{ data: T }> {
	let schema = answers.get(data);
	if (!schema) {
		schema = z.object({ data });
		answers.set(data, schema);
	}
	return schema as z.ZodType<{ data: T }>;
}

/** One GraphQL call. `repeatable` is for queries and for mutations that set a state. */
export async function call<T>(
	context: Context<VendureSettings>,
	operation: { name: keyof typeof documents; variables?: object; data: z.ZodType<T>; repeatable: boolean },
): Promise<{ data: T; exchangeId: string }> {
	const { repeatable } = operation;
	const reply = await context.http.send(
		"POST",
		"",
		{ query: documents[operation.name], variables: operation.variables ?? {} },
		{
			schema: answerOf(operation.data),
			repeatable,
			fault: (answer) => refusal(answer, repeatable),
		},
	);
	return { data: reply.data.data, exchangeId: reply.exchangeId };
}
