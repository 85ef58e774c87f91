/** A list as a CSV file: what every endpoint is declared with that gives one. */
import { z } from "zod";
import { base } from "./base";

/** Sent while it is read, so that a list of any length needs no memory. */
const csvFile = z.object({ headers: z.record(z.string(), z.string()), body: z.instanceof(ReadableStream) });
export type CsvFile = z.output<typeof csvFile>;

/** Below the list's own path, with the list's filters as input and the list's permission. */
export function exportOf(listPath: string, what: string, tag: string) {
	return base
		.route({
			method: "GET",
			path: `${listPath as `/${string}`}/export`,
			summary: `${what} as a CSV file`,
			tags: [tag],
			outputStructure: "detailed",
			spec: (operation) => ({
				...operation,
				responses: {
					200: { description: "The file", content: { "text/csv": { schema: { type: "string" } } } },
				},
			}),
		})
		.output(csvFile);
}
