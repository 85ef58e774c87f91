import type { CsvFile } from "@/lib/api/contract/export";
import { type DifferenceKind, differenceKinds } from "@/lib/canonical/difference";
import type { Scope } from "@/lib/db/scope";
import { exportTable } from "../export-table";
import { listDifferences } from "./list-differences";

interface Filter {
	kind?: DifferenceKind | undefined;
	show: "open" | "gone";
}

/** What differs between both sides of a connection, or differed. Throws `not-found` for a foreign connection. */
export function exportDifferences(scope: Scope, connectionId: string, { kind, show }: Filter): Promise<CsvFile> {
	return exportTable(scope, {
		table: "differences",
		filter: { connectionId, kind, show },
		page: (asked) => listDifferences(scope, connectionId, { kind, show, ...asked }),
		columns: [
			["Order or SKU", (row) => row.label],
			["Kind", (row) => differenceKinds[row.kind].title],
			["What differs", (row) => row.sentence],
			["Comparisons", (row) => row.rounds],
			["Since", (row) => new Date(row.firstSeenAt)],
			["Last seen", (row) => new Date(row.lastSeenAt)],
			["Mending asked", (row) => row.fixAskedAt && new Date(row.fixAskedAt)],
			["Gone", (row) => row.goneAt && new Date(row.goneAt)],
		],
	});
}
