import type { CsvFile } from "@/lib/api/contract/export";
import { roleNames, seenWords, signInWords } from "@/lib/canonical/place-words";
import type { Scope } from "@/lib/db/scope";
import { type ExportColumn, exportTable, wholePage } from "../export-table";
import { listPeople, type PeopleView } from "./list-people";

/** The account's people, as far as the asker sees them. */
export function exportPeople(scope: Scope): Promise<CsvFile> {
	return exportTable(scope, {
		table: "people",
		filter: {},
		columns,
		page: async () => wholePage((await listPeople(scope)).members),
	});
}

const columns: ExportColumn<PeopleView["members"][number]>[] = [
	["Person", (member) => member.name],
	["Mail", (member) => member.email],
	["Role", (member) => roleNames[member.role]],
	["Sees", seenWords],
	["Signs in", (member) => signInWords(member.hasSecondFactor)],
	["Joined", (member) => new Date(member.joinedAt)],
	["Last seen", (member) => member.lastSeenAt && new Date(member.lastSeenAt)],
];
