import { z } from "zod";
import { ConnectorError } from "../kit/fault";
import { short } from "../kit/faults";
import type { Context, ErrorAnswer } from "../kit/types";
import { documents } from "./documents";
import type { VendureSettings } from "./settings";

const graphqlErrors = z.object({
	errors: z
		.array(z.object({ message: z.string(), extensions: z.object({ code: z.string().nullish() }).nullish() }))
		.min(1),
});

/** Vendure answers 200 also when it refuses: a missing right is an entry in `errors`, not a status. */
function refusal(answer: ErrorAnswer): ConnectorError | undefined {
	const parsed = graphqlErrors.safeParse(answer.body);
	const error = parsed.success ? parsed.data.errors[0] : undefined;
	if (!error) return undefined;
	const options = { exchangeId: answer.exchangeId };
	const code = error.extensions?.code ?? "GRAPHQL";
	if (code === "FORBIDDEN" || code === "UNAUTHENTICATED") {
		return new ConnectorError(
			{ kind: "auth", reason: "invalid" },
			"Vendure does not accept the API key, or its role lacks a right. Check both.",
			options,
		);
	}
	if (code === "INTERNAL_SERVER_ERROR" && answer.status >= 500) return undefined;
	return new ConnectorError(
		{ kind: "permanent", code },
		`Vendure refused the request: ${short(error.message)}. Correct it and resend.`,
		options,
	);
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
	const reply = await context.http.send(
		"POST",
		"",
		{ query: documents[operation.name], variables: operation.variables ?? {} },
		{ schema: answerOf(operation.data), repeatable: operation.repeatable, fault: refusal },
	);
	return { data: reply.data.data, exchangeId: reply.exchangeId };
}
