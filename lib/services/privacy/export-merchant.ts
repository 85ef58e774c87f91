import { Zip, ZipDeflate } from "fflate";
import { audit } from "@/lib/db/audit";
import { newId } from "@/lib/db/ids";
import type { Scope } from "@/lib/db/scope";
import { type Transaction, transact } from "@/lib/db/transact";
import { AppError } from "@/lib/errors/app-error";
import { enqueue } from "@/lib/jobs/job";
import { exportJob } from "@/lib/jobs/privacy";
import { after, dayMs } from "@/lib/time";
import { mustBeOurs } from "./ask-erasure";

/** How long a file is kept once it was asked for. */
const keptMs = 7 * dayMs;

/** Begins to write everything that is kept of one merchant. Throws `not-found`; `conflict` while one is being written. */
export async function askExport(scope: Scope, merchantId: string): Promise<{ id: string }> {
	const { accountId, actor } = scope;
	const id = newId("exp");
	await transact(scope, async (tx) => {
		await mustBeOurs(tx, scope, merchantId);
		const [running] = await tx.sql(
			`select 1 from "Export" where "accountId" = $1 and "merchantId" = $2 and "state" in ('waiting', 'running') limit 1`,
			[accountId, merchantId],
		);
		if (running) throw new AppError("conflict", { problem: "An export of this merchant is being written." });
		await tx.sql(
			`insert into "Export" ("id", "accountId", "merchantId", "createdById", "createdByName", "expiresAt") values ($1, $2, $3, $4, $5, $6)`,
			[
				...[id, accountId, merchantId],
				...(actor.type === "job" ? [actor.task, ""] : [actor.id, actor.name ?? ""]),
				after(new Date(), keptMs),
			],
		);
		await audit(tx, scope, { action: "export.asked", subjectType: "export", subjectId: id, merchantId });
		await enqueue(tx, exportJob, { accountId, merchantId, id });
	});
	return { id };
}

interface Ready {
	id: string;
	merchant: string;
	merchantId: string;
	parts: number;
	endedAt: Date;
}

/** The file, packed while it is read. Throws `not-found`, also when it is not done or was removed. Notes who took it. */
export async function downloadExport(scope: Scope, exportId: string): Promise<File> {
	const ready = await transact(scope, async (tx) => {
		const found = await findReady(tx, scope, exportId);
		await audit(tx, scope, {
			action: "export.downloaded",
			subjectType: "export",
			subjectId: exportId,
			merchantId: found.merchantId,
		});
		return found;
	});
	const packed = await pack(scope, ready);
	const day = ready.endedAt.toISOString().slice(0, 10);
	const name =
		ready.merchant
			.toLowerCase()
			.replace(/[^a-z0-9]+/g, "-")
			.replace(/^-|-$/g, "") || "merchant";
	return new File(packed, `${name}-${day}.zip`, { type: "application/zip" });
}

async function findReady(tx: Transaction, scope: Scope, exportId: string): Promise<Ready> {
	const [found] = await tx.sql<Ready>(
		`select e."id", e."merchantId", e."parts", e."endedAt", m."name" as "merchant" from "Export" e
		 join "Merchant" m on m."accountId" = e."accountId" and m."id" = e."merchantId"
		 where e."accountId" = $1 and e."id" = $2 and e."state" = 'done' and e."expiresAt" > now()
		   and ($3::text is null or e."merchantId" = $3)`,
		[scope.accountId, exportId, scope.merchantId ?? null],
	);
	if (!found) throw new AppError("not-found", { thing: "export" });
	return found;
}

/** One piece in memory at a time; what is packed already is a tenth of it. */
async function pack(scope: Scope, { id, parts, endedAt }: Ready): Promise<Uint8Array<ArrayBuffer>[]> {
	const packed: Uint8Array<ArrayBuffer>[] = [];
	const zip = new Zip((error, data) => {
		if (error) throw error;
		packed.push(new Uint8Array(data));
	});
	let open: ZipDeflate | undefined;
	for (let number = 0; number < parts; number++) {
		const { name, content } = await readPart(scope, id, number);
		if (open?.filename !== name) {
			open?.push(new Uint8Array(), true);
			open = Object.assign(new ZipDeflate(name, { level: 6 }), { mtime: endedAt });
			zip.add(open);
		}
		open.push(content);
	}
	open?.push(new Uint8Array(), true);
	zip.end();
	return packed;
}

async function readPart(scope: Scope, exportId: string, number: number): Promise<{ name: string; content: Buffer }> {
	const [part] = await transact(scope, (tx) =>
		tx.sql<{ name: string; content: Buffer }>(
			`select "name", "content" from "ExportPart" where "accountId" = $1 and "exportId" = $2 and "number" = $3`,
			[scope.accountId, exportId, number],
		),
	);
	if (!part) throw new AppError("not-found", { thing: "export" });
	return part;
}
