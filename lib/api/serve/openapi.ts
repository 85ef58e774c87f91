/** The OpenAPI document, made from the contract on first use. */
import { OpenAPIGenerator } from "@orpc/openapi";
import { ZodToJsonSchemaConverter } from "@orpc/zod/zod4";
import { contract } from "@/lib/api/contract/contract";

let made: Promise<object> | undefined;

export function openApiDocument(): Promise<object> {
	made ??= new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] }).generate(contract, {
		info: {
			title: "Crossdock",
			version: "1",
			description: "The API behind the screens. Refusals are problem+json with a code, a sentence and what to do.",
		},
		servers: [{ url: "/api/v1" }],
	});
	return made;
}
